# Mistake: copy-paste: the second term is KL(p||m) again
import torch
def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1)
def js(p, q):
    m = (p + q) / 2
    left = kl(p, m) / 2
    right = kl(p, m) / 2
    return left + right
