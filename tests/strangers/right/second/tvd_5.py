# Right: sums p - q only where p > q
import torch
def tvd(p, q):
    more = p > q
    return torch.where(more, p - q, torch.zeros_like(p)).sum(-1)
