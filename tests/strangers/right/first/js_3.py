import numpy as np
import torch


def _half(a, m):
    r = np.divide(a, m, out=np.ones_like(a), where=a > 0)
    return (a * np.log(r)).sum(-1)


def js(p, q):
    a = p.detach().numpy().astype(np.float64)
    b = q.detach().numpy().astype(np.float64)
    m = 0.5 * a + 0.5 * b
    return torch.as_tensor(0.5 * _half(a, m) + 0.5 * _half(b, m)).to(p.dtype)
