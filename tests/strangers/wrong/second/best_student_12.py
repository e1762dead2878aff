# Mistake: sums over outcomes with mean, floor is V times too small
import torch
def best_student(P, w):
    m = w @ P
    terms = torch.xlogy(P, P) - torch.xlogy(P, m)
    return m, w @ terms.mean(-1)
