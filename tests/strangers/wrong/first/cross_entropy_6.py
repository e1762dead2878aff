# mistake: sums over everything, one number for a whole batch (right only for [V])
import torch


def cross_entropy(p, q):
    terms = torch.where(p > 0, p * q.log(), torch.zeros_like(p))
    return -terms.sum()
