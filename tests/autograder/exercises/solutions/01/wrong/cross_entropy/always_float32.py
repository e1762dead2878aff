# named:
# loses: dtype
import math

import torch


def cross_entropy(p, q):
    def one(a, b):
        return sum(0 if x == 0 else math.inf if y == 0 else -x * math.log(y) for x, y in zip(a, b))

    V = p.shape[-1]
    rows = zip(p.reshape(-1, V).tolist(), q.reshape(-1, V).tolist())
    return torch.tensor([one(a, b) for a, b in rows]).reshape(p.shape[:-1])
