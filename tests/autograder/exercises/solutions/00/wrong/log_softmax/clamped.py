# named: clamped
# loses: tiny
import torch


def log_softmax(x):
    return torch.log_softmax(x, -1).clamp(min=-100)
