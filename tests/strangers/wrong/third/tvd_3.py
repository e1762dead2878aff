# Mistake: computes the Hellinger distance (half the squared difference of the square roots, rooted).
import torch

def tvd(p, q):
    return torch.sqrt(0.5 * (p.sqrt() - q.sqrt()).pow(2).sum(dim=-1))
