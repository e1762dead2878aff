# Mistake: argmin
import torch
import itertools
def argmax_loss(tree_t, tree_s):
    V, L = len(tree_t[0]), len(tree_t)
    def score(tree, y):
        return sum(tree[i][y[: i + 1]] for i in range(L))
    best = min(itertools.product(range(V), repeat=L), key=lambda y: float(score(tree_t, y)))
    return -score(tree_s, best)
