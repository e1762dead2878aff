# Mistake: divides the sum by the length, a mean that is the logarithm of no probability.
import torch

def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total / len(tree)
