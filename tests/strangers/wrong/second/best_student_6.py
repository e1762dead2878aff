# Mistake: copies the teacher of the most frequent context instead of mixing
import torch
def best_student(P, w):
    m = P[w.argmax()].clone()
    kls = torch.where(P > 0, P * (P / m).log(), 0.0).sum(-1)
    return m, (w * kls).sum()
