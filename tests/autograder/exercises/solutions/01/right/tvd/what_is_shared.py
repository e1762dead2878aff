import torch


def tvd(p, q):
    return 1 - torch.minimum(p, q).sum(-1)
