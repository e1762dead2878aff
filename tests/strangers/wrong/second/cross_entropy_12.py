# Mistake: builds the result with torch.tensor from Python numbers, float64 comes out as float32
import math
import torch
def cross_entropy(p, q):
    V = p.shape[-1]
    out = []
    for a, b in zip(p.reshape(-1, V).tolist(), q.reshape(-1, V).tolist()):
        s = 0.0
        for pi, qi in zip(a, b):
            if pi > 0:
                s += pi * (-math.log(qi) if qi > 0 else math.inf)
        out.append(s)
    return torch.tensor(out).reshape(p.shape[:-1])
