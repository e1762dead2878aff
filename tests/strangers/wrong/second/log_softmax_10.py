# Mistake: log of the mean of the exponentials instead of their sum
import torch
def log_softmax(x):
    m = x.amax(-1, keepdim=True)
    return x - m - (x - m).exp().mean(-1, keepdim=True).log()
