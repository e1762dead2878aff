# Mistake: weighs the columns instead of the rows (runs for square P only)
import torch
def best_student(P, w):
    m = (w * P).sum(0)
    floor = (w * (torch.xlogy(P, P) - torch.xlogy(P, m)).sum(-1)).sum()
    return m, floor
