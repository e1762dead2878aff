import torch


def softmax(x, T=1.0):
    z = x / T
    return torch.exp(z - torch.logsumexp(z, -1, keepdim=True))
