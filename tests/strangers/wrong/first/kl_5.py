# mistake: epsilon in both logarithms, so q = 0 under p > 0 is finite and q = 1e-30 counts as 1e-10
import torch


def kl(p, q):
    eps = 1e-10
    return (p * torch.log((p + eps) / (q + eps))).sum(-1)
