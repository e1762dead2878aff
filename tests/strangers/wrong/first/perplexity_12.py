# mistake: the geometric mean of 1/p is taken over each token's likeliest outcome, not over its label
import torch


def perplexity(logits, labels, mask):
    best = logits[mask].log_softmax(-1).max(-1).values
    return best.mean().neg().exp()
