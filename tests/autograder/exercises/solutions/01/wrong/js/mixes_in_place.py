# named: second-half-only
# loses: value, any shape, zeros, inputs
import torch


def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1)


def js(p, q):
    m = p.add_(q).div_(2)
    return (kl(p, m) + kl(q, m)) / 2
