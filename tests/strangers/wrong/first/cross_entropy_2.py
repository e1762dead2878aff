# mistake: epsilon 1e-8 in the logarithm: q = 0 gives 18.4 instead of inf, and q = 1e-30 is not 69
import torch


def cross_entropy(p, q):
    eps = 1e-8
    return -torch.sum(p * torch.log(q + eps), dim=-1)
