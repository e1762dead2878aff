# named: kl-instead, mean-of-the-rows
# loses: value, any shape, zeros
import torch


def cross_entropy(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1).mean()
