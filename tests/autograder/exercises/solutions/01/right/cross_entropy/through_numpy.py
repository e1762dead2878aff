import numpy as np
import torch


def cross_entropy(p, q):
    a, b = p.numpy(), q.numpy()
    with np.errstate(all="ignore"):
        terms = np.where(a == 0, 0, -a * np.log(b))
    return torch.from_numpy(np.asarray(terms.sum(-1)))
