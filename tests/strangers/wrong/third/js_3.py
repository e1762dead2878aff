# Mistake: base-2 logarithms, so the maximum is 1 bit instead of ln 2 nats.
import torch

def js(p, q):
    m = 0.5 * p + 0.5 * q

    def half(a):
        r = torch.where(a > 0, a / m, torch.ones_like(a))
        return 0.5 * (a * torch.log2(r)).sum(-1)

    return half(p) + half(q)
