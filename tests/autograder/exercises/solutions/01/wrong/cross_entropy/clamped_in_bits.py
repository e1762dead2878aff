# named: logarithm-clamped, base-two
# loses: value, any shape, zeros
import torch


def cross_entropy(p, q):
    return -(p * torch.log2(q).clamp(min=-100)).sum(-1)
