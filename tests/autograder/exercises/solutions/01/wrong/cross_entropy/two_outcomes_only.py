# named: first-outcome-only, binary-added
# loses: value, any shape, zeros
import torch


def cross_entropy(p, q):
    a, b = p[..., 0], q[..., 0]
    return -(torch.xlogy(a, b) + torch.xlogy(1 - a, 1 - b))
