# mistake: the formula as it stands: 0 * log 0 is NaN
import torch


def cross_entropy(p, q):
    return -(p * q.log()).sum(-1)
