# Mistake: KL from the mixture to p and q, arguments the wrong way round
import torch
def kl(p, q):
    return torch.where(p > 0, p * (p / q).log(), 0.0).sum(-1)
def js(p, q):
    m = 0.5 * (p + q)
    return 0.5 * kl(m, p) + 0.5 * kl(m, q)
