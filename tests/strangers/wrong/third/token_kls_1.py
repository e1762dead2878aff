# Mistake: compares the marginal distributions of each place, not the conditional ones given the prefix.
import torch

def token_kls(tree_t, tree_s):
    def joint(tree):
        out = tree[0]
        for level in tree[1:]:
            out = out[..., None] + level
        return out.exp()

    p, q = joint(tree_t), joint(tree_s)
    out = []
    for i in range(p.dim()):
        dims = [d for d in range(p.dim()) if d != i]
        a, b = (p.sum(dims), q.sum(dims)) if dims else (p, q)
        out.append((a * (a / b).log()).sum())
    return torch.stack(out)
