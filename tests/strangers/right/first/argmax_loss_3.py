from itertools import product


def argmax_loss(tree_t, tree_s):
    V = len(tree_t[0])

    def score(tree, y):
        return sum(level[y[: i + 1]] for i, level in enumerate(tree))

    y_hat = max(product(range(V), repeat=len(tree_t)), key=lambda y: score(tree_t, y).item())
    return -score(tree_s, y_hat)
