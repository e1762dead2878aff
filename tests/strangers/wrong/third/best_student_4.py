# Mistake: answers for the most frequent context only, instead of mixing all of them.
import torch

def best_student(P, w):
    m = P[w.argmax()].clone()
    kls = (torch.xlogy(P, P) - torch.xlogy(P, m)).sum(-1)
    return m, (w * kls).sum()
