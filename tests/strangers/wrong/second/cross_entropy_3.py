# Mistake: adds 1e-8 in the logarithm, so q = 0 gives a finite number and q = 1e-30 a wrong one
import torch
def cross_entropy(p, q):
    return -torch.sum(p * torch.log(q + 1e-8), dim=-1)
