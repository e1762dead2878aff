# named: no-maximum-subtracted, over-whole-tensor
# loses: value, any shape, stable
import torch


def softmax(x, T=1.0):
    e = torch.exp(x / T)
    return e / e.sum()
