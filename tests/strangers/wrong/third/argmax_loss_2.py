# Mistake: takes the likeliest word of each place's marginal distribution, place by place, instead of the likeliest sentence.
import torch

def argmax_loss(tree_t, tree_s):
    t = tree_t[0]
    for level in tree_t[1:]:
        t = t.unsqueeze(-1) + level
    p = t.exp()
    L = p.dim()
    y = []
    for i in range(L):
        others = [d for d in range(L) if d != i]
        marginal = p.sum(others) if others else p
        y.append(int(marginal.argmax()))
    return -sum(tree_s[i][tuple(y[: i + 1])] for i in range(L))
