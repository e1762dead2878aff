# named:
# loses: inputs
import torch


def kl(p, q):
    value = (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1)
    q.mul_(2.0).div_(3.0)
    return value
