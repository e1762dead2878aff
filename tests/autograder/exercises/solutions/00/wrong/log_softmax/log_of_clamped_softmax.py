# named: log-of-softmax-plus-1e-12
# loses: tiny
import torch


def log_softmax(x):
    return torch.log(torch.softmax(x, dim=-1).clamp(min=1e-12))
