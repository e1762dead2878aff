# Mistake: follows only the teacher's greedy prefix
import torch
def token_kls(tree_t, tree_s):
    y, out = (), []
    for t, s in zip(tree_t, tree_s):
        p, q = t[y], s[y]
        out.append((p.exp() * (p - q)).sum())
        y += (int(p.argmax()),)
    return torch.stack(out)
