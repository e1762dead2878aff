# named: symmetrised
# loses: value, any shape, zeros, ruled out
import torch


def kl(p, q):
    there = torch.xlogy(p, p) - torch.xlogy(p, q)
    back = torch.xlogy(q, q) - torch.xlogy(q, p)
    return (there + back).sum(-1) / 2
