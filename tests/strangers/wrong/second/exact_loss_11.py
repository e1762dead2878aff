# Mistake: cross-entropy of the last token only, weighed by the right prefixes
import torch
def exact_loss(tree_t, tree_s):
    total = tree_t[0]
    for level in tree_t[1:]:
        total = total[..., None] + level
    return -(total.exp() * tree_s[-1]).sum()
