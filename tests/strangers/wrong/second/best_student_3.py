# Mistake: gives the cross-entropy part, H(m), as the floor; the mean entropy is not subtracted
import torch
def best_student(P, w):
    m = w @ P
    return m, torch.special.entr(m).sum()
