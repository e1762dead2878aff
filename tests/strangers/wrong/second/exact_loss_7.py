# Mistake: normalises the teacher over the last word only (softmax(-1)), so every prefix gets weight 1
import torch
def logp(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total
def exact_loss(tree_t, tree_s):
    p = logp(tree_t).softmax(-1)
    return -(p * logp(tree_s)).sum()
