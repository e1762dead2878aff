import torch


def log_softmax(x):
    """Log-probabilities over the last dimension, in nats."""
    return x - x.logsumexp(-1, keepdim=True)
