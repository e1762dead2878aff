import torch


def tvd(p, q):
    return torch.linalg.vector_norm(p - q, ord=1, dim=-1) / 2
