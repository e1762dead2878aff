# mistake: multiplies the logits by T instead of dividing by it, so hot becomes cold
import torch


def softmax(x, T=1.0):
    x = x * T
    x = x - x.max(dim=-1, keepdim=True)[0]
    return x.exp() / x.exp().sum(dim=-1, keepdim=True)
