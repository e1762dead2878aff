# Mistake: no half, everything is counted twice
import torch
def tvd(p, q):
    return torch.sum(torch.abs(p - q), dim=-1)
