# named: floor-division
# loses: value, any shape, stable
import torch


def softmax(x, T=1.0):
    return torch.softmax(x // T, dim=-1)
