# Mistake: the teacher's own surprise at its best sentence, the student never enters
import torch
def logp(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total
def argmax_loss(tree_t, tree_s):
    lt = logp(tree_t)
    return -lt.flatten()[lt.argmax()]
