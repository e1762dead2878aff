# named: cross-entropy
# loses: value, any size, match
import torch


def token_kls(tree_t, tree_s):
    losses, weight = [], torch.ones((), dtype=tree_t[0].dtype)
    for t, s in zip(tree_t, tree_s, strict=True):
        p = weight[..., None] * t.exp()
        losses.append(-(p * s).sum())
        weight = p
    return torch.stack(losses)
