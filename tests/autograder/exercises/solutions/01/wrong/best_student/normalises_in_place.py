# named:
# loses: inputs
import torch


def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1)


def best_student(P, w):
    w /= 2 * w.sum()
    m = 2 * w @ P
    return m, 2 * w @ kl(P, m)
