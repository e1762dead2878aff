# mistake: Euclidean norm instead of the sum of absolute values
import torch


def tvd(p, q):
    return torch.linalg.vector_norm(p - q, dim=-1) / 2
