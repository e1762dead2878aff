# Mistake: KL instead of the cross-entropy, 0 where they agree
import torch
def logp(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total
def exact_loss(tree_t, tree_s):
    a, b = logp(tree_t), logp(tree_s)
    return (a.exp() * (a - b)).sum()
