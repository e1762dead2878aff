# named: temperature-multiplied
# loses: value, any shape, stable
import torch.nn.functional as F


def softmax(x, T=1.0):
    return F.softmax(x * T, dim=-1)
