import torch


def tvd(p, q):
    # what is too much here is missing there, so the surplus alone is enough
    return torch.relu(p - q).sum(dim=-1)
