import torch


def best_student(P, w):
    m = sum(w_k * P_k for w_k, P_k in zip(w, P, strict=True))
    floor = torch.zeros((), dtype=P.dtype)
    for w_k, P_k in zip(w, P, strict=True):
        happens = P_k > 0
        floor = floor + w_k * (P_k[happens] * (P_k[happens] / m[happens]).log()).sum()
    return m, floor
