# mistake: two at once: the shift m is a global maximum (a row far below it underflows to log 0) and m is subtracted twice
import torch


def log_softmax(x):
    m = x.max()
    z = x - m
    lse = m + z.exp().sum(-1, keepdim=True).log()
    return z - lse
