# mistake: returns the two results in the wrong order, floor first
import torch


def best_student(P, w):
    best = w @ P
    floor = (w[:, None] * (torch.xlogy(P, P) - torch.xlogy(P, best))).sum()
    return floor, best
