# named: temperature-after-softmax
# loses: value, any shape, stable
import torch


def softmax(x, T=1.0):
    return torch.softmax(x, dim=-1) / T
