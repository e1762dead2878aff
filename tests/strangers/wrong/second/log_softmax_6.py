# Mistake: logarithm to base 2, bits instead of nats
import torch
import math
def log_softmax(x):
    m = x.amax(-1, keepdim=True)
    s = torch.log2(torch.exp(x - m).sum(-1, keepdim=True))
    return (x - m) / math.log(2) - s
