# Right: rows one by one through vmap
import torch
def _row(row):
    return row - torch.logsumexp(row, 0)
def log_softmax(x):
    flat = x.reshape(-1, x.shape[-1])
    return torch.vmap(_row)(flat).view(x.shape)
