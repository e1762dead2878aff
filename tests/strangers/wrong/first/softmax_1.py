# mistake: normalises over the first dimension instead of the last (right only for a single row [V])
import torch


def softmax(x, T=1.0):
    z = x / T
    z = z - z.max(0, keepdim=True).values
    e = z.exp()
    return e / e.sum(0, keepdim=True)
