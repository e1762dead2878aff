# Mistake: takes the floor to be JS of the rows with equal weights whatever w is
import torch
def best_student(P, w):
    H = lambda t: -torch.xlogy(t, t).sum(-1)
    m = (P * w.unsqueeze(1)).sum(0)
    even = P.mean(0)
    return m, H(even) - H(P).mean(0)
