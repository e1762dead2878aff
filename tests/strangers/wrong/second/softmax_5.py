# Mistake: subtracts the row maximum and divides by T in place, the caller's logits are changed
import torch
def softmax(x, T=1.0):
    x -= x.max(dim=-1, keepdim=True)[0]
    x /= T
    e = x.exp()
    return e / e.sum(dim=-1, keepdim=True)
