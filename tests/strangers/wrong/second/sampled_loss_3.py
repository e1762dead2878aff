# Mistake: standard error divided by n instead of its root
import torch
def logp(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total.flatten()
def sampled_loss(tree_t, tree_s, n, generator):
    k = torch.multinomial(logp(tree_t).exp(), n, replacement=True, generator=generator)
    f = -logp(tree_s)[k]
    return f.mean().item(), f.std().item() / n
