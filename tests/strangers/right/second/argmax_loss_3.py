# Right: flattened joint log-probabilities, where the maximum is
import torch
def _all(tree):
    return sum(lev.reshape(lev.shape + (1,) * (len(tree) - lev.dim())) for lev in tree)
def argmax_loss(tree_t, tree_s):
    joint = _all(tree_t)
    return -_all(tree_s)[joint == joint.max()].squeeze()
