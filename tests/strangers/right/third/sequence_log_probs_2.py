# Right: sentence by sentence with itertools.product, indexing each level with its prefix.
from itertools import product
import torch

def sequence_log_probs(tree):
    V, L = tree[0].shape[0], len(tree)
    out = torch.empty([V] * L, dtype=tree[0].dtype)
    for y in product(range(V), repeat=L):
        out[y] = sum(tree[i][y[: i + 1]] for i in range(L))
    return out
