# Mistake: the weight already contains token i, and the token's own probability is multiplied in once more.
import torch

def token_kls(tree_t, tree_s):
    prefix = torch.zeros((), dtype=tree_t[0].dtype)
    kls = []
    for t, s in zip(tree_t, tree_s):
        prefix = prefix.unsqueeze(-1) + t
        kls.append((prefix.exp() * t.exp() * (t - s)).sum())
    return torch.stack(kls)
