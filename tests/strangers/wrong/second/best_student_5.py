# Mistake: adds the KLs without their weights
import torch
def best_student(P, w):
    m = torch.einsum("k,kv->v", w, P)
    floor = sum((torch.xlogy(row, row) - torch.xlogy(row, m)).sum() for row in P)
    return m, floor
