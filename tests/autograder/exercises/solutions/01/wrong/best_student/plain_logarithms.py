# named: zero-times-log-of-zero
# loses: zeros
import torch


def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1)


def best_student(P, w):
    m = w @ P
    return m, w @ (P * (P / m).log()).sum(-1)
