import torch


def kl(p, q):
    """Σ p log(p/q) over the last dimension, in nats."""
    terms = p * (p.log() - q.log())
    return torch.where(p > 0, terms, torch.zeros_like(terms)).sum(-1)
