# Mistake: computes in double for accuracy and never casts back, so float32 becomes float64.
import torch

def log_softmax(x):
    y = x.to(torch.float64)
    return y - torch.logsumexp(y, dim=-1, keepdim=True)
