import numpy as np
import torch


def cross_entropy(p, q):
    a, b = (t.detach().double().numpy() for t in (p, q))
    with np.errstate(divide="ignore"):
        log_b = np.where(a > 0, np.log(b), 0.0)
    return torch.as_tensor(-(a * log_b).sum(axis=-1)).to(p.dtype)
