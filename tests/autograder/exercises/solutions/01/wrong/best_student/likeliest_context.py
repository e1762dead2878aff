# named: likeliest-context
# loses: mixture, floor, zeros
import torch


def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1)


def best_student(P, w):
    m = P[w.argmax()]
    return m, w @ kl(P, m)
