# Right: loop over all sentences in plain Python floats.
from itertools import product
from math import exp

def exact_loss(tree_t, tree_s):
    def score(tree, y):
        return sum(float(level[y[: i + 1]]) for i, level in enumerate(tree))

    sentences = product(range(len(tree_t[0])), repeat=len(tree_t))
    return -sum(exp(score(tree_t, y)) * score(tree_s, y) for y in sentences)
