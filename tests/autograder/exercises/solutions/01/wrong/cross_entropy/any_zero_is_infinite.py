# named: zeros-of-q-infinite
# loses: zeros
import torch


def cross_entropy(p, q):
    result = -torch.xlogy(p, q).sum(-1)
    return torch.where((q == 0).any(-1), torch.inf, result)
