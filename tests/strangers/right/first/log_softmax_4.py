import math

import torch


def log_softmax(x):
    V = x.size(-1)
    rows = []
    for row in x.detach().reshape(-1, V):
        values = row.tolist()
        m = max(values)
        log_z = m + math.log(math.fsum(math.exp(v - m) for v in values))
        rows.append([v - log_z for v in values])
    return torch.tensor(rows, dtype=x.dtype).reshape(x.shape)
