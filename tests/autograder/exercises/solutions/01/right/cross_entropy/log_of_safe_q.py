import torch


def cross_entropy(p, q):
    safe = torch.where(p == 0, 1.0, q)
    return torch.einsum("...v,...v->...", p, -safe.log())
