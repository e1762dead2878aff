# Mistake: shifts by the row's mean instead of its maximum, so a single big logit (or -inf) still overflows
import torch
def softmax(x, T=1.0):
    centred = (x - x.mean(-1, keepdim=True)) / T
    e = centred.exp()
    return e / e.sum(-1, keepdim=True)
