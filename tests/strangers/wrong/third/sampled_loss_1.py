# Mistake: the error is the variance, not the standard deviation, over sqrt(n).
import torch

def _joint(tree):
    out = tree[0]
    for level in tree[1:]:
        out = out[..., None] + level
    return out.flatten()

def sampled_loss(tree_t, tree_s, n, generator):
    picks = torch.multinomial(_joint(tree_t).exp(), n, replacement=True, generator=generator)
    f = -_joint(tree_s)[picks]
    return f.mean(), f.var() / n**0.5
