# Mistake: the middle is the normalised geometric mean sqrt(pq) instead of the arithmetic one.
import torch

def js(p, q):
    m = (p * q).sqrt()
    m = m / m.sum(-1, keepdim=True)

    def kl(a, b):
        return (torch.xlogy(a, a) - torch.xlogy(a, b)).sum(-1)

    return 0.5 * kl(p, m) + 0.5 * kl(q, m)
