import numpy as np
import torch


def js(p, q):
    a, b = p.double().numpy(), q.double().numpy()
    m = (a + b) / 2
    with np.errstate(all="ignore"):
        terms = np.where(a > 0, a * np.log(a / m), 0) + np.where(b > 0, b * np.log(b / m), 0)
    return torch.as_tensor(terms.sum(-1) / 2).to(p.dtype)
