import torch


def tvd(p, q):
    return torch.maximum(p, q).sum(-1) - 1
