# Mistake: greedy decoding, word by word
import torch
def argmax_loss(tree_t, tree_s):
    y, loss = (), 0
    for t, s in zip(tree_t, tree_s):
        y += (int(t[y].argmax()),)
        loss = loss - s[y]
    return loss
