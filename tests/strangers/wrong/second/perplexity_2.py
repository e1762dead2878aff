# Mistake: exponential of the sum, not of the mean
import torch
def perplexity(logits, labels, mask):
    nll = -torch.log_softmax(logits, -1).gather(-1, labels[..., None]).squeeze(-1)
    return torch.exp((nll * mask).sum())
