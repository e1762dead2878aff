# Mistake: accumulates in the last level of the tree, the caller's tensor is changed
import torch
def sequence_log_probs(tree):
    total = tree[-1]
    L = len(tree)
    for i in range(L - 1):
        total += tree[i].reshape(tree[i].shape + (1,) * (L - 1 - i))
    return total
