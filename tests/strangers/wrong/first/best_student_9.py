# mistake: the KLs are summed without the weights w
import torch


def best_student(P, w):
    m = torch.matmul(w, P)
    floor = 0.0
    for row in P:
        floor = floor + (torch.xlogy(row, row) - torch.xlogy(row, m)).sum()
    return m, floor
