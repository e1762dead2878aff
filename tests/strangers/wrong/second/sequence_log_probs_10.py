# Mistake: returns a flat vector of V**L numbers
import torch
def sequence_log_probs(tree):
    total = tree[0].reshape(-1)
    V = len(total)
    for level in tree[1:]:
        total = (total[:, None] + level.reshape(-1, V)).reshape(-1)
    return total
