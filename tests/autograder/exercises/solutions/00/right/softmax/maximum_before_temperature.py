import torch


def softmax(x, T=1.0):
    m, _ = torch.max(x, dim=-1)
    e = torch.exp((x - m.unsqueeze(-1)) / T)
    return e / e.sum(-1)[..., None]
