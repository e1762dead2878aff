# mistake: the factor 1/2 is forgotten, so the maximum is 2
import torch


def tvd(p, q):
    return torch.sum(torch.abs(p - q), dim=-1)
