# named: over-first-dimension, softmax-twice
# loses: value, any shape, stable
import torch


def softmax(x, T=1.0):
    return torch.softmax(torch.softmax(x / T, dim=0), dim=0)
