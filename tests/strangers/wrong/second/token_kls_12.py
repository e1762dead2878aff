# Mistake: prefix weights are aligned from the right by broadcasting (missing unsqueeze)
import torch
def token_kls(tree_t, tree_s):
    out = []
    w = torch.ones((), dtype=tree_t[0].dtype)
    for t, s in zip(tree_t, tree_s):
        each = (t.exp() * (t - s)).sum(-1)
        out.append((w * each).sum())
        w = w * t.exp()
    return torch.stack(out)
