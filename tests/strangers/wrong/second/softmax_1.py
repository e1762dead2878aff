# Mistake: multiplies the logits by the temperature instead of dividing by it
import torch
def softmax(x, T=1.0):
    x = x * T
    e = torch.exp(x - x.max(dim=-1, keepdim=True).values)
    return e / e.sum(dim=-1, keepdim=True)
