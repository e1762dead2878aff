# Mistake: the dimensions come out in reverse order: sentence (1, 3, 0) stands at [0, 3, 1].
import torch

def sequence_log_probs(tree):
    total = 0
    L = len(tree)
    for i, level in enumerate(tree):
        total = total + level.reshape(level.shape + (1,) * (L - 1 - i))
    return total.permute(*reversed(range(L)))
