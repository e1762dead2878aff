# mistake: two at once: the first word is left out (the loop starts at 1), and the words of the index stand in reverse order
import torch


def sequence_log_probs(tree):
    L = len(tree)
    total = torch.zeros_like(tree[-1])
    for i in range(1, L):
        total = total + tree[i].reshape(tree[i].shape + (1,) * (L - 1 - i))
    return total.permute(*range(L - 1, -1, -1))
