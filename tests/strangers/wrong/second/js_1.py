# Mistake: mixture without the half, m = p + q
import torch
def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1)
def js(p, q):
    m = p + q
    return 0.5 * kl(p, m) + 0.5 * kl(q, m)
