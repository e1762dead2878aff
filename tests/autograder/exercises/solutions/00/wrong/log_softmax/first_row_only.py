# named:
# loses: value, any shape, large, tiny
import torch


def log_softmax(x):
    rows = x.reshape(-1, x.shape[-1])
    return (x - torch.logsumexp(rows[0], -1)).reshape(x.shape)
