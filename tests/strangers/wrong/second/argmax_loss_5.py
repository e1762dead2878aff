# Mistake: looks for the likeliest sentence in the last level only (conditional probability of the last word)
import torch
def argmax_loss(tree_t, tree_s):
    total = tree_s[0]
    for level in tree_s[1:]:
        total = total[..., None] + level
    return -total.flatten()[tree_t[-1].argmax()]
