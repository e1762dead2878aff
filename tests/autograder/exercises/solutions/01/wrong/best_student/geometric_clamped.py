# named: geometric-mixture-with-1e-12
# loses: mixture, floor, zeros
import torch


def best_student(P, w):
    m = torch.softmax(w @ P.clamp_min(1e-12).log(), 0)
    floor = (w * (torch.xlogy(P, P) - torch.xlogy(P, m)).sum(-1)).sum()
    return m, floor
