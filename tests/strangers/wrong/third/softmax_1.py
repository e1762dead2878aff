# Mistake: the temperature divides the finished probabilities instead of the logits, so rows sum to 1/T.
import torch

def softmax(x, T=1.0):
    e = torch.exp(x - x.amax(-1, keepdim=True))
    p = e / e.sum(-1, keepdim=True)
    return p / T
