# Mistake: the sentence that the student likes best
import torch
def logp(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total
def argmax_loss(tree_t, tree_s):
    return -logp(tree_s).max()
