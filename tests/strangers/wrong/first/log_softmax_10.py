# mistake: builds the result with torch.tensor(list), which is float32, so a float64 input comes back as float32
import math
import torch


def log_softmax(x):
    flat = x.reshape(-1, x.shape[-1]).tolist()
    out = []
    for r in flat:
        m = max(r)
        s = m + math.log(sum(math.exp(v - m) for v in r))
        out.append([v - s for v in r])
    return torch.tensor(out).view(*x.shape)
