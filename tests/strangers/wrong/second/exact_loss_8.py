# Mistake: token by token with all prefixes equally likely
import torch
def exact_loss(tree_t, tree_s):
    loss = 0
    for t, s in zip(tree_t, tree_s):
        loss = loss - (t.exp() * s).sum(-1).mean()
    return loss
