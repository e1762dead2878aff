# named:
# loses: dtype
import torch


def softmax(x, T=1.0):
    return torch.softmax(x.double() / T, dim=-1)
