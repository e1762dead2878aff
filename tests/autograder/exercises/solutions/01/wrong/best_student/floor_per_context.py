# named:
# loses: floor, zeros
import torch


def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1)


def best_student(P, w):
    m = w @ P
    return m, w * kl(P, m)
