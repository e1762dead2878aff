# mistake: base 2: returns bits instead of nats
import torch


def log_softmax(x):
    x = x - x.max(-1, keepdim=True).values
    log2e = 1.4426950408889634
    return log2e * x - torch.log2(x.exp().sum(-1, keepdim=True))
