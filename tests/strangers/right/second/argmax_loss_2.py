# Right: dynamic programming from the leaves (best continuation of each prefix), then walk down
import torch
def argmax_loss(tree_t, tree_s):
    L = len(tree_t)
    value = [None] * L
    value[-1] = tree_t[-1]
    for i in range(L - 2, -1, -1):
        value[i] = tree_t[i] + value[i + 1].amax(-1)
    y, out = (), torch.zeros((), dtype=tree_s[0].dtype)
    for i in range(L):
        y = y + (value[i][y].argmax().item(),)
        out = out - tree_s[i][y]
    return out
