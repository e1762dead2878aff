# Mistake: without the minus
import torch
def logp(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total.reshape(-1)
def argmax_loss(tree_t, tree_s):
    return logp(tree_s)[logp(tree_t).argmax()]
