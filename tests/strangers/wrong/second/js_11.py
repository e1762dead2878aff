# Mistake: builds m in place on p, so the caller's p is overwritten and the first KL is 0
import torch
def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1)
def js(p, q):
    m = p
    m += q
    m /= 2
    return (kl(p, m) + kl(q, m)) / 2
