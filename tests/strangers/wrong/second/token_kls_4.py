# Mistake: sum over all prefixes without weights
import torch
def token_kls(tree_t, tree_s):
    return torch.stack([(t.exp() * (t - s)).sum() for t, s in zip(tree_t, tree_s)])
