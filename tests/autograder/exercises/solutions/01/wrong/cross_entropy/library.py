# named: library-loss-mean
# loses: value, any shape, zeros
import torch.nn.functional as F


def cross_entropy(p, q):
    return F.cross_entropy(q, p)
