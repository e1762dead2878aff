# Mistake: takes the logarithm of the softmax, far-off logits give -inf instead of about -2000
import torch
def log_softmax(x):
    e = torch.exp(x - x.amax(-1, keepdim=True))
    return torch.log(e / e.sum(-1, keepdim=True))
