# named: first-term-only
# loses: value, any shape, zeros
import torch


def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1)


def js(p, q):
    return kl(p, (p + q) / 2)
