# Right: for every sentence a sum over its path, filled into a tensor of the tree's dtype
import itertools
import torch
def sequence_log_probs(tree):
    V, L = tree[0].shape[0], len(tree)
    out = torch.empty([V] * L, dtype=tree[0].dtype)
    for y in itertools.product(range(V), repeat=L):
        out[y] = torch.stack([tree[i][y[: i + 1]] for i in range(L)]).sum()
    return out
