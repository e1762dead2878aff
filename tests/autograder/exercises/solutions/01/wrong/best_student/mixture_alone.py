# named: floor-not-returned
# loses: mixture, floor, zeros, dtype
import torch


def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1)


def best_student(P, w):
    return w @ P
