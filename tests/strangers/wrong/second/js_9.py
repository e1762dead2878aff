# Mistake: bits, so that the maximum is 1 instead of ln 2
import math
import torch
def js(p, q):
    m = (p + q) / 2
    total = 0
    for a in (p, q):
        total = total + (torch.xlogy(a, a) - torch.xlogy(a, m)).sum(-1) / math.log(2)
    return total / 2
