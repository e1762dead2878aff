# Mistake: takes for each place the word with the largest marginal probability and puts these words together
import torch
def argmax_loss(tree_t, tree_s):
    total_t, total_s = tree_t[0], tree_s[0]
    for t, s in zip(tree_t[1:], tree_s[1:]):
        total_t, total_s = total_t[..., None] + t, total_s[..., None] + s
    p = total_t.exp()
    L = p.dim()
    y = tuple(int(p.sum([d for d in range(L) if d != i]).argmax()) if L > 1 else int(p.argmax()) for i in range(L))
    return -total_s[y]
