# named: geometric-mixture
# loses: mixture, floor, zeros
import torch


def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1)


def best_student(P, w):
    m = torch.softmax(w @ P.log(), -1)
    return m, w @ kl(P, m)
