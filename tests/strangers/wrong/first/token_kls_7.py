# mistake: computes in float64 and never casts back, so float32 does not stay float32
import torch


def token_kls(tree_t, tree_s):
    weight = torch.ones((), dtype=torch.float64)
    out = torch.zeros(len(tree_t), dtype=torch.float64)
    for i, (t, s) in enumerate(zip(tree_t, tree_s)):
        t, s = t.double(), s.double()
        joint = weight[..., None] * t.exp()
        out[i] = (joint * (t - s)).sum()
        weight = joint
    return out
