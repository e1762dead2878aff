# named: zeros-replaced-by-1e-12
# loses: zeros
import torch


def cross_entropy(p, q):
    q = torch.where(q == 0, 1e-12, q)
    return -(p * q.log()).sum(-1)
