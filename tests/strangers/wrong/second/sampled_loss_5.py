# Mistake: estimates the KL, log p - log q, instead of the cross-entropy
import torch
def logp(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total.flatten()
def sampled_loss(tree_t, tree_s, n, generator):
    lt, ls = logp(tree_t), logp(tree_s)
    k = torch.multinomial(lt.exp(), n, replacement=True, generator=generator)
    f = (lt - ls)[k]
    return f.mean(), f.std() / n**0.5
