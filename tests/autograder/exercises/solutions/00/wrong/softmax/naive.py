# named: no-maximum-subtracted
# loses: stable
import torch


def softmax(x, T=1.0):
    e = torch.exp(x / T)
    return e / e.sum(dim=-1, keepdim=True)
