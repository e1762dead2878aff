# mistake: edits its argument: sub_ shifts the caller's x
import torch


def log_softmax(x):
    x.sub_(x.amax(-1, keepdim=True))
    return x - x.exp().sum(-1, keepdim=True).log()
