# mistake: the minus sign is missing
import torch


def cross_entropy(p, q):
    return torch.where(p == 0, torch.zeros_like(p), p * torch.log(q)).sum(dim=-1)
