# Right: backwards recursion, the expected remaining cost after each prefix.
import torch

def exact_loss(tree_t, tree_s):
    rest = torch.zeros_like(tree_t[-1])
    for t, s in zip(reversed(tree_t), reversed(tree_s)):
        rest = (t.exp() * (rest - s)).sum(-1)
    return rest
