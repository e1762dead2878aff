import torch
import torch.nn.functional as F


def token_kls(tree_t, tree_s):
    V = len(tree_t[0])
    prefix = torch.zeros(1, dtype=tree_t[0].dtype)
    out = []
    for t, s in zip(tree_t, tree_s, strict=True):
        t, s = t.reshape(-1, V), s.reshape(-1, V)
        each = F.kl_div(s, t, log_target=True, reduction="none").sum(-1)
        out.append(prefix.exp() @ each)
        prefix = (prefix[:, None] + t).flatten()
    return torch.stack(out)
