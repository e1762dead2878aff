# Mistake: prefixes weighed by the student (on-policy)
import torch
def token_kls(tree_t, tree_s):
    out, prefix = [], torch.ones((), dtype=tree_t[0].dtype)
    for t, s in zip(tree_t, tree_s):
        out.append((prefix * (t.exp() * (t - s)).sum(-1)).sum())
        prefix = prefix[..., None] * s.exp()
    return torch.stack(out)
