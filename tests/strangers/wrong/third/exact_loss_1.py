# Mistake: adds the cross-entropies of all prefixes without weighing a prefix with its probability.
import torch

def exact_loss(tree_t, tree_s):
    loss = 0
    for t, s in zip(tree_t, tree_s):
        loss = loss - (t.exp() * s).sum()
    return loss
