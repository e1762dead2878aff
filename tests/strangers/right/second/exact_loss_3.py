# Right: loop over all sentences, math.exp and a running sum
import itertools
import math
import torch
def exact_loss(tree_t, tree_s):
    V, L = len(tree_t[0]), len(tree_t)
    total = 0.0
    for y in itertools.product(range(V), repeat=L):
        lt = sum(tree_t[i][y[: i + 1]].item() for i in range(L))
        ls = sum(tree_s[i][y[: i + 1]].item() for i in range(L))
        total -= math.exp(lt) * ls
    return torch.tensor(total, dtype=tree_t[0].dtype)
