# named: infinity-replaced
# loses: tiny
import torch


def log_softmax(x):
    return torch.nan_to_num(torch.log_softmax(x, -1))
