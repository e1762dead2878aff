# Mistake: the mean instead of the sum over the last dimension, each term divided by V
import torch
def token_kls(tree_t, tree_s):
    out, prefix = [], torch.ones((), dtype=tree_t[0].dtype)
    for t, s in zip(tree_t, tree_s):
        out.append((prefix * (t.exp() * (t - s)).mean(-1)).sum())
        prefix = prefix[..., None] * t.exp()
    return torch.stack(out)
