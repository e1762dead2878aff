# named: nan-replaced
# loses: stable
import torch


def softmax(x, T=1.0):
    e = torch.exp(x / T)
    return torch.nan_to_num(e / e.sum(-1, keepdim=True))
