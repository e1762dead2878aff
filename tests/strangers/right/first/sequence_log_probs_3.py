from itertools import product

import torch


def sequence_log_probs(tree):
    V, L = len(tree[0]), len(tree)
    values = [sum(tree[i][y[: i + 1]] for i in range(L)) for y in product(range(V), repeat=L)]
    return torch.stack(values).reshape((V,) * L)
