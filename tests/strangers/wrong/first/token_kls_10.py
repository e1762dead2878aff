# mistake: sums over the first dimension (the first word) instead of the last, so the numbers at a prefix are no KLs and meet the wrong weights
import torch


def token_kls(tree_t, tree_s):
    weight = torch.ones(1, dtype=tree_t[0].dtype)
    out = []
    for t, s in zip(tree_t, tree_s):
        kl = (t.exp() * (t - s)).sum(0)
        out.append((weight * kl).sum())
        weight = weight[..., None] * t.exp() if len(out) > 1 else t.exp()
    return torch.stack(out)
