# Mistake: thinks that a temperature can only soften and ignores T below 1
import torch
def softmax(x, T=1.0):
    T = max(T, 1)
    z = x / T
    z = z - z.max(-1, keepdim=True).values
    return z.exp() / z.exp().sum(-1, keepdim=True)
