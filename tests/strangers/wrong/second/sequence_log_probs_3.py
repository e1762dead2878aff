# Mistake: mean over the tokens instead of the sum
import torch
def sequence_log_probs(tree):
    L = len(tree)
    total = 0
    for i, level in enumerate(tree):
        total = total + level.reshape(level.shape + (1,) * (L - 1 - i))
    return total / L
