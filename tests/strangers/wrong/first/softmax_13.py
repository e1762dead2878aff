# mistake: subtracts the row's mean instead of its maximum: overflows if one logit is far above the rest, and NaN for a logit of -inf
import torch


def softmax(x, T=1.0):
    z = x / T
    z = z - z.mean(-1, keepdim=True)   # the constant is free
    e = z.exp()
    return e / e.sum(-1, keepdim=True)
