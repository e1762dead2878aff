# Mistake: sums over everything, one number for the whole batch
import torch
def cross_entropy(p, q):
    return -torch.special.xlogy(p, q).sum()
