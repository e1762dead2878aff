# Mistake: subtracts the maximum of the undivided logits after dividing by T, so large logits under- or overflow for T != 1.
import torch

def softmax(x, T=1.0):
    m = x.max(dim=-1, keepdim=True).values
    e = torch.exp(x / T - m)
    return e / e.sum(dim=-1, keepdim=True)
