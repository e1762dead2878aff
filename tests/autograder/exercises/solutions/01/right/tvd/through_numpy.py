import numpy as np
import torch


def tvd(p, q):
    return torch.tensor(np.abs(p.numpy() - q.numpy()).sum(-1) / 2, dtype=p.dtype)
