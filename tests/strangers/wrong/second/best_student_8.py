# Mistake: subtracts the plain mean of the entropies instead of the weighted one
import torch
def best_student(P, w):
    def H(x):
        return torch.special.entr(x).sum(-1)
    m = w @ P
    return m, H(m) - H(P).mean()
