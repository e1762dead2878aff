# Mistake: teacher and student exchanged
import torch
def logp(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total
def exact_loss(tree_t, tree_s):
    return -torch.sum(logp(tree_s).exp() * logp(tree_t))
