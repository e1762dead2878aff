import math
import torch


def surprise(prob):
    return math.inf if prob == 0 else -math.log(prob)


def cross_entropy(p, q):
    V = p.shape[-1]
    sums = []
    for row_p, row_q in zip(p.reshape(-1, V).tolist(), q.reshape(-1, V).tolist()):
        sums.append(sum(pi * surprise(qi) for pi, qi in zip(row_p, row_q) if pi > 0))
    return torch.tensor(sums, dtype=p.dtype).reshape(p.shape[:-1])
