# Right: flattened outer sums and a dot product
import torch
def exact_loss(tree_t, tree_s):
    V = len(tree_t[0])
    a, b = tree_t[0].flatten(), tree_s[0].flatten()
    for t, s in zip(tree_t[1:], tree_s[1:]):
        a = (a[:, None] + t.reshape(-1, V)).flatten()
        b = (b[:, None] + s.reshape(-1, V)).flatten()
    return torch.dot(a.exp(), -b)
