import torch


def cross_entropy(p, q):
    return -torch.where(p > 0, p * q.log(), torch.zeros_like(p)).sum(dim=-1)
