import itertools


def argmax_loss(tree_t, tree_s):
    def log_prob(tree, y):
        return sum(level[y[: i + 1]].item() for i, level in enumerate(tree))

    every = itertools.product(range(len(tree_t[0])), repeat=len(tree_t))
    return -log_prob(tree_s, max(every, key=lambda y: log_prob(tree_t, y)))
