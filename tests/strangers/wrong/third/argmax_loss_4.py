# Mistake: unravels the flat index with the last word first, so the student is asked for the reversed sentence.
import torch

def argmax_loss(tree_t, tree_s):
    V, L = tree_t[0].shape[0], len(tree_t)
    joint = tree_t[0]
    for level in tree_t[1:]:
        joint = joint.unsqueeze(-1) + level
    k = int(joint.argmax())
    y = []
    for _ in range(L):
        k, word = divmod(k, V)
        y.append(word)
    total = 0
    for i in range(L):
        total = total + tree_s[i][tuple(y[: i + 1])]
    return -total
