import torch


def tvd(p, q):
    return torch.relu(p - q).sum(dim=-1)
