# Mistake: forgets exp, weighs with the teacher's log-probabilities
import torch
def logp(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total
def exact_loss(tree_t, tree_s):
    return -(logp(tree_t) * logp(tree_s)).sum()
