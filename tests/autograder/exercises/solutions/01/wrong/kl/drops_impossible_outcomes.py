# named: zeros-of-q-skipped
# loses: ruled out
import torch


def kl(p, q):
    both = (p > 0) & (q > 0)
    return torch.where(both, p * (p / q).log(), 0.0).sum(-1)
