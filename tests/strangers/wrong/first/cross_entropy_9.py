# mistake: nan_to_num also replaces inf by the largest float, so q = 0 under p > 0 is not inf
import torch


def cross_entropy(p, q):
    return torch.nan_to_num(-p * q.log()).sum(-1)
