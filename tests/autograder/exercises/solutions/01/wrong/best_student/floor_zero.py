# named: floor-zero
# loses: floor, zeros
import torch


def best_student(P, w):
    return w @ P, torch.zeros((), dtype=P.dtype)
