# named:
# loses: value, any shape, stable
import torch

temperature = 1.7


def softmax(x, T=1.0):
    return torch.softmax(x / temperature, dim=-1)
