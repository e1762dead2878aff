# Mistake: no minus
import torch
def logp(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total.flatten()
def sampled_loss(tree_t, tree_s, n, generator):
    k = torch.multinomial(logp(tree_t).exp(), n, replacement=True, generator=generator)
    f = logp(tree_s)[k]
    return f.mean(), f.std() / n**0.5
