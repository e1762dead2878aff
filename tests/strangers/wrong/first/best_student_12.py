# mistake: two at once: P *= w[:, None] overwrites the caller's P, and the floor is then computed from the weighted rows
import torch


def best_student(P, w):
    P *= w[:, None]
    m = P.sum(0)
    floor = (torch.xlogy(P, P) - torch.xlogy(P, m)).sum()
    return m, floor
