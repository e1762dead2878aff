# mistake: compares the middle with both, KL(m || p) + KL(m || q), instead of both with the middle
import torch


def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1)


def js(p, q):
    m = 0.5 * (p + q)
    return 0.5 * kl(m, p) + 0.5 * kl(m, q)
