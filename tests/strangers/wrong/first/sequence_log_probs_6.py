# mistake: the table is made by torch.zeros without a dtype and with V = 4: float64 is rounded, and other V raise
from itertools import product

import torch


def sequence_log_probs(tree):
    L = len(tree)
    out = torch.zeros([4] * L)
    for y in product(range(4), repeat=L):
        for i in range(L):
            out[y] += tree[i][y[: i + 1]]
    return out
