# named: prefixes-of-student, direction-swapped
# loses: value, any size
import torch


def token_kls(tree_t, tree_s):
    kls, weight = [], torch.ones((), dtype=tree_t[0].dtype)
    for t, s in zip(tree_t, tree_s, strict=True):
        p = weight[..., None] * s.exp()
        kls.append((p * (s - t)).sum())
        weight = p
    return torch.stack(kls)
