# named:
# loses: dtype
import torch


def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1)


def js(p, q):
    p, q = p.double(), q.double()
    m = (p + q) / 2
    return (kl(p, m) + kl(q, m)) / 2
