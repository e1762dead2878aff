# Right: grows a flat list of prefixes as a column, adds [V^i, V] levels, and reshapes once.
import torch

def sequence_log_probs(tree):
    V = tree[0].shape[0]
    flat = tree[0].new_zeros(1)
    for level in tree:
        flat = (flat[:, None] + level.reshape(-1, V)).reshape(-1)
    return flat.reshape((V,) * len(tree))
