# Mistake: sums the student's surprise over all sentences without the teacher's weight
import torch
def exact_loss(tree_t, tree_s):
    total = tree_s[0]
    for level in tree_s[1:]:
        total = total.unsqueeze(-1) + level
    return -total.sum()
