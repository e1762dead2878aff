# mistake: divides the finished probabilities by T and renormalises, where T cancels and does nothing
import torch


def softmax(x, T=1.0):
    x = x - x.amax(-1, keepdim=True)
    p = x.exp() / x.exp().sum(-1, keepdim=True)
    p = p / T                                   # soften
    return p / p.sum(-1, keepdim=True)
