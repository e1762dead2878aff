# mistake: uses Python's if on a tensor: raises for anything with more than one outcome
import torch


def cross_entropy(p, q):
    if p == 0:
        return torch.tensor(0.0)
    return -(p * torch.log(q)).sum(-1)
