# Mistake: forgets the minus
import torch
def cross_entropy(p, q):
    return torch.xlogy(p, q).sum(dim=-1)
