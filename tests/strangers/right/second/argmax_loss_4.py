# Right: recursion that returns (best teacher score, student score)
import torch
def _best(tree_t, tree_s):
    if len(tree_t) == 1:
        k = tree_t[0].argmax()
        return tree_t[0][k], tree_s[0][k]
    options = []
    for v in range(len(tree_t[0])):
        a, b = _best([lev[v] for lev in tree_t[1:]], [lev[v] for lev in tree_s[1:]])
        options.append((tree_t[0][v] + a, tree_s[0][v] + b))
    return max(options, key=lambda pair: float(pair[0]))
def argmax_loss(tree_t, tree_s):
    return -_best(tree_t, tree_s)[1]
