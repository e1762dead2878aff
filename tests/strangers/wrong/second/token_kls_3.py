# Mistake: KL from student to teacher at each prefix
import torch
def token_kls(tree_t, tree_s):
    out, prefix = [], torch.ones((), dtype=tree_t[0].dtype)
    for t, s in zip(tree_t, tree_s):
        out.append((prefix * (s.exp() * (s - t)).sum(-1)).sum())
        prefix = prefix[..., None] * t.exp()
    return torch.stack(out)
