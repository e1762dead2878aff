# Mistake: adds the entropy to the cross-entropy instead of subtracting it (sign).
import torch

def kl(p, q):
    def H(a, b):
        return -torch.special.xlogy(a, b).sum(-1)
    return H(p, q) + H(p, p)
