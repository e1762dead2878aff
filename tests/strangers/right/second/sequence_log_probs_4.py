# Right: functools.reduce from the left, in float64 and cast back
from functools import reduce
import torch
def sequence_log_probs(tree):
    V = tree[0].numel()
    total = reduce(lambda acc, lev: acc.unsqueeze(-1) + lev, (lev.double() for lev in tree))
    return total.to(tree[0].dtype).view((V,) * len(tree))
