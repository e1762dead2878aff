# mistake: copies the worked example and forgets q: returns the entropy H(p)
import torch


def cross_entropy(p, q):
    return torch.where(p > 0, -p * p.log(), 0.0).sum(-1)
