# mistake: thinks that the student should simply copy the most frequent context's row
import torch


def best_student(P, w):
    m = P[w.argmax()]
    floor = (w * (torch.xlogy(P, P) - torch.xlogy(P, m)).sum(-1)).sum()
    return m, floor
