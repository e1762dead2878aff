# mistake: logarithms of zeros: NaN as soon as a context rules an outcome out
import torch


def best_student(P, w):
    m = (P * w.unsqueeze(1)).sum(0)
    floor = (w * (P * torch.log(P / m)).sum(1)).sum()
    return m, floor
