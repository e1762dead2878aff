# Right: max over itertools.product with a key; a Python float.
from itertools import product

def argmax_loss(tree_t, tree_s):
    def score(tree, y):
        return sum(tree[i][y[: i + 1]].item() for i in range(len(y)))

    y_hat = max(product(range(len(tree_t[0])), repeat=len(tree_t)), key=lambda y: score(tree_t, y))
    return -score(tree_s, y_hat)
