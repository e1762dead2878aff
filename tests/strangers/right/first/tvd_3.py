import torch


def tvd(p, q):
    overlap = torch.minimum(p, q).sum(-1)
    return 1 - overlap
