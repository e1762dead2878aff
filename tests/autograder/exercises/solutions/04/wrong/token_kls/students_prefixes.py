# named: prefixes-of-student
# loses: value, any size
import torch


def token_kls(tree_t, tree_s):
    kls, weight = [], torch.ones((), dtype=tree_t[0].dtype)
    for t, s in zip(tree_t, tree_s, strict=True):
        kls.append((weight[..., None] * t.exp() * (t - s)).sum())
        weight = weight[..., None] * s.exp()
    return torch.stack(kls)
