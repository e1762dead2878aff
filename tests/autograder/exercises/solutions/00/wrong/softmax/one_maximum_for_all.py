# named: maximum-of-the-whole-tensor
# loses: stable
import torch


def softmax(x, T=1.0):
    e = torch.exp((x - x.max()) / T)
    return e / e.sum(-1, keepdim=True)
