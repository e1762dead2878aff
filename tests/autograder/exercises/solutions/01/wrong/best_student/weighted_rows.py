# named: floor-of-weighted-rows
# loses: floor, zeros
import torch


def best_student(P, w):
    rows = w[:, None] * P
    m = rows.sum(0)
    return m, (torch.xlogy(rows, rows) - torch.xlogy(rows, m)).sum()
