# named: first-level-left-out, index-backwards
# loses: value, any size
import torch


def sequence_log_probs(tree):
    L = len(tree)
    total = torch.zeros_like(tree[-1])
    for i in range(1, L):
        total = total + tree[i].reshape(tree[i].shape + (1,) * (L - 1 - i))
    return total.permute(*range(L - 1, -1, -1))
