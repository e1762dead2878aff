# mistake: takes the symmetrised KL, half of KL(p||q) + KL(q||p), for JS; no middle at all
import torch


def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1)


def js(p, q):
    return (kl(p, q) + kl(q, p)) / 2
