# Mistake: subtracts the maximum inside the sum and forgets to add it back
import torch
def log_softmax(x):
    m, _ = x.max(dim=-1, keepdim=True)
    lse = (x - m).exp().sum(dim=-1, keepdim=True).log()
    return x - lse
