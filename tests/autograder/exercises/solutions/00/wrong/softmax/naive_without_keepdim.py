# named: no-maximum-subtracted, sum-without-keepdim
# loses: value, any shape, stable, inputs, dtype
import torch


def softmax(x, T=1.0):
    e = torch.exp(x / T)
    return e / e.sum(dim=-1)
