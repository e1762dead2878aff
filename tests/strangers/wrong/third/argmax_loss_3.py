# Mistake: looks for the largest entry of the last level alone: the sentence whose last word is surest, not the likeliest one.
import torch

def argmax_loss(tree_t, tree_s):
    last = tree_t[-1]
    y = torch.unravel_index(last.argmax(), last.shape)
    return -torch.stack([level[y[: i + 1]] for i, level in enumerate(tree_s)]).sum()
