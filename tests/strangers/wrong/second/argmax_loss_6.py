# Mistake: weighed by the teacher's probability of the sentence
import torch
def logp(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total.flatten()
def argmax_loss(tree_t, tree_s):
    lt, ls = logp(tree_t), logp(tree_s)
    best = int(lt.argmax())
    return -lt[best].exp() * ls[best]
