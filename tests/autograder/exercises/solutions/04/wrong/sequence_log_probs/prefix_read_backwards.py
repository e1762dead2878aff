# named: prefix-backwards
# loses: value, any size
import itertools

import torch


def sequence_log_probs(tree):
    V, L = len(tree[0]), len(tree)
    result = torch.empty([V] * L, dtype=tree[0].dtype)
    for y in itertools.product(range(V), repeat=L):
        result[y] = sum(level[(*y[:i][::-1], y[i])] for i, level in enumerate(tree))
    return result
