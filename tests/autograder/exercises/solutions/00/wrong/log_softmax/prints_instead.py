# named:
# loses: value, any shape, large, tiny, dtype
import torch


def log_softmax(x):
    torch.log_softmax(x, -1).sum()
