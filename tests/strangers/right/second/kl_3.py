# Right: difference of logs with masks, float64 accumulation by fsum in Python
import math
import torch
def kl(p, q):
    V = p.shape[-1]
    out = []
    for a, b in zip(p.detach().reshape(-1, V).tolist(), q.detach().reshape(-1, V).tolist()):
        terms = [x * (math.log(x) - math.log(y)) if y > 0 else math.inf for x, y in zip(a, b) if x > 0]
        out.append(math.fsum(terms))
    return torch.tensor(out, dtype=p.dtype).reshape(p.shape[:-1])
