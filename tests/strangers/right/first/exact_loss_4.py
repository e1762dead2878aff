from itertools import product
from math import exp, fsum

import torch


def exact_loss(tree_t, tree_s):
    V, L = tree_t[0].shape[0], len(tree_t)

    def log_p(tree, y):
        return fsum(tree[i][y[: i + 1]].item() for i in range(L))

    terms = [-exp(log_p(tree_t, y)) * log_p(tree_s, y) for y in product(range(V), repeat=L)]
    return torch.tensor(fsum(terms), dtype=tree_s[0].dtype)
