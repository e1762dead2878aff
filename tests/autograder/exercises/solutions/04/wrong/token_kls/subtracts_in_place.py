# named:
# loses: inputs
import torch


def token_kls(tree_t, tree_s):
    kls, weight = [], torch.ones((), dtype=tree_t[0].dtype)
    for t, s in zip(tree_t, tree_s, strict=True):
        p = weight[..., None] * t.exp()
        t -= s
        kls.append((p * t).sum())
        weight = p
    return torch.stack(kls)
