# mistake: the factor 1/2 before the two KLs is forgotten, so the maximum is 2 ln 2
import torch


def kl(p, q):
    return torch.where(p > 0, p * (p / q).log(), 0.0).sum(-1)


def js(p, q):
    m = (p + q) / 2
    return kl(p, m) + kl(q, m)
