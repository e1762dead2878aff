# Right: L1 vector norm, halved.
import torch

def tvd(p, q):
    return torch.linalg.vector_norm(p.sub(q), ord=1, dim=-1).div(2)
