# named: halves-forgotten
# loses: value, any shape, zeros
import torch


def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1)


def js(p, q):
    m = (p + q) / 2
    return kl(p, m) + kl(q, m)
