# mistake: floor division // instead of /, so logits are rounded down to whole numbers (seen even at T = 1)
import torch


def softmax(x, T=1.0):
    z = x // T
    z = z - z.max(-1, keepdim=True).values
    s = z.exp().sum(-1, keepdim=True)
    return z.exp() / s
