# named: weights-over-outcomes
# loses: mixture, floor, zeros, inputs, dtype
import torch


def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1)


def best_student(P, w):
    m = (w * P).sum(0)
    return m, w @ kl(P, m)
