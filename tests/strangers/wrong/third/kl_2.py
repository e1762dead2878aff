# Mistake: writes log p / log q where log(p / q) is meant.
import torch

def kl(p, q):
    ratio = p.log() / q.log()
    return torch.where(p > 0, p * ratio, torch.zeros_like(p)).sum(-1)
