import math
import torch


def one_row(row, T):
    biggest = max(row)
    weights = [math.exp((v - biggest) / T) for v in row]
    total = math.fsum(weights)
    return [w / total for w in weights]


def softmax(x, T=1.0):
    flat = x.reshape(-1, x.shape[-1])
    out = torch.empty_like(flat)
    for n in range(flat.shape[0]):
        out[n] = torch.tensor(one_row(flat[n].tolist(), T), dtype=x.dtype)
    return out.reshape(x.shape)
