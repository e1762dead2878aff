# mistake: clamps the result at -100 "as binary_cross_entropy does", so 2000 below and -inf both give -100
import torch


def log_softmax(x):
    log_p = x - torch.logsumexp(x, dim=-1, keepdim=True)
    return log_p.clamp(min=-100)
