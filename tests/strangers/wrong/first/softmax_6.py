# mistake: works in place, so the caller's x is shifted and divided afterwards
import torch


def softmax(x, T=1.0):
    x -= x.max(-1, keepdim=True).values
    x /= T
    return x.exp() / x.exp().sum(-1, keepdim=True)
