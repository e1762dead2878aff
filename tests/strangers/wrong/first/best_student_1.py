# mistake: the plain mean of the rows, w is ignored for m
import torch


def best_student(P, w):
    m = P.mean(0)
    floor = (w * (torch.xlogy(P, P) - torch.xlogy(P, m)).sum(-1)).sum()
    return m, floor
