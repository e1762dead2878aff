# mistake: two at once: the floor is in bits and its sign is turned round, sum w H(P_k) - H(m)
import torch


def H(p):
    return -(p * torch.log2(torch.where(p > 0, p, torch.ones_like(p)))).sum(-1)


def best_student(P, w):
    m = w @ P
    return m, (w * H(P)).sum() - H(m)
