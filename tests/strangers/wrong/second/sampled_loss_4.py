# Mistake: weighs each draw with the teacher's probability once more
import torch
def logp(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total.flatten()
def sampled_loss(tree_t, tree_s, n, generator):
    p = logp(tree_t).exp()
    k = torch.multinomial(p, n, replacement=True, generator=generator)
    f = -p[k] * logp(tree_s)[k]
    return f.mean(), f.std() / n**0.5
