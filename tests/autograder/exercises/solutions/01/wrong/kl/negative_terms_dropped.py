# named: negative-terms-dropped
# loses: value, any shape, zeros, ruled out
import torch


def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).clamp(min=0).sum(-1)
