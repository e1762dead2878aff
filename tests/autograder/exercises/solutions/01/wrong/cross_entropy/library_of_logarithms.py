# named: library-loss-of-logarithms
# loses: any shape, zeros
import torch.nn.functional as F


def cross_entropy(p, q):
    return F.cross_entropy(q.log(), p, reduction="none")
