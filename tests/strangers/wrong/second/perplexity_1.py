# Mistake: mean of the exponentials instead of the exponential of the mean
import torch
def perplexity(logits, labels, mask):
    nll = -torch.log_softmax(logits, -1).gather(-1, labels[..., None])[..., 0]
    return nll[mask].exp().mean()
