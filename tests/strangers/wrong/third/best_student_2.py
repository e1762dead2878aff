# Mistake: the mixture is right, but the floor uses KL(m||P_k) instead of KL(P_k||m).
import torch

def best_student(P, w):
    m = w @ P
    M = m.expand_as(P)
    per_context = (torch.xlogy(M, M) - torch.xlogy(M, P)).sum(1)
    return m, w @ per_context
