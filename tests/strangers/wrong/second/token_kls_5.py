# Mistake: cross-entropies instead of KLs, not 0 where the trees agree
import torch
def token_kls(tree_t, tree_s):
    joint = torch.zeros((), dtype=tree_t[0].dtype)
    out = []
    for t, s in zip(tree_t, tree_s):
        joint = joint[..., None] + t
        out.append(-(joint.exp() * s).sum())
    return torch.stack(out)
