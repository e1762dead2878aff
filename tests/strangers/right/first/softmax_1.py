import torch


def softmax(x, T=1.0):
    """Probabilities at temperature T, over the last dimension."""
    shifted = (x - x.amax(dim=-1, keepdim=True)) / T
    e = torch.exp(shifted)
    return e / e.sum(dim=-1, keepdim=True)
