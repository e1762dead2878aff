# Mistake: mean over the outcomes instead of the sum
import torch
def cross_entropy(p, q):
    return torch.where(p > 0, -p * q.log(), 0.0).mean(-1)
