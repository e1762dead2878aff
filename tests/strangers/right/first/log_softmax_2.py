import torch


def log_softmax(x):
    m = x.max(dim=-1, keepdim=True).values
    y = x - m
    return y - y.exp().sum(dim=-1, keepdim=True).log()
