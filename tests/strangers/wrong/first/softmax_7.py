# mistake: computes in float64 for safety and forgets to cast back, so float32 becomes float64
import torch


def softmax(x, T=1.0):
    z = x.double() / T
    z = z - z.amax(-1, keepdim=True)
    return z.exp().div(z.exp().sum(-1, keepdim=True))
