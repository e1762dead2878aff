# Mistake: draws without replacement as long as there are enough sentences, and all of them otherwise
import torch
def logp(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total.flatten()
def sampled_loss(tree_t, tree_s, n, generator):
    p = logp(tree_t).exp()
    k = torch.multinomial(p, min(n, int((p > 0).sum())), generator=generator)
    f = -logp(tree_s)[k]
    return f.mean(), f.std() / n**0.5
