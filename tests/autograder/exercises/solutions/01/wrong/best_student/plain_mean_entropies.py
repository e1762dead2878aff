# named: contexts-not-weighted-and-entropies
# loses: mixture, floor, zeros
import torch


def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1)


def best_student(P, w):
    m = P.mean(0)
    H = torch.special.entr
    return m, H(m).sum() - w @ H(P).sum(-1)
