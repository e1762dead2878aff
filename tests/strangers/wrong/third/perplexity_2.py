# Mistake: multiplies the probabilities and takes the n-th root: the product underflows to 0, the result is inf.
import torch

def perplexity(logits, labels, mask):
    p = logits.softmax(-1).gather(-1, labels.unsqueeze(-1)).squeeze(-1)
    p = p[mask]
    return p.prod() ** (-1.0 / p.numel())
