# named:
# loses: inputs
import torch


def cross_entropy(p, q):
    terms = -torch.xlogy(p, q).sum(-1)
    p += 1e-3
    return terms
