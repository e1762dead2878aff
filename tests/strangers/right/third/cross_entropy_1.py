# Right: replaces q by 1 where p is 0, then an einsum of p with the logarithm.
import torch

def cross_entropy(p, q):
    cost = -torch.where(p > 0, q, 1.0).log()
    return torch.einsum("...v,...v->...", p, cost)
