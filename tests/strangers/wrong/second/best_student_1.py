# Mistake: plain mean of the rows, w is ignored for the mixture
import torch
def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1)
def best_student(P, w):
    m = P.mean(0)
    return m, (w * kl(P, m)).sum()
