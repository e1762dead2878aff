import math

import torch


def binary_entropy(r):
    return -(torch.xlogy(r, r) + torch.xlogy(1 - r, 1 - r))


def js(p, q):
    """What the word tells about the coin: ln 2 minus what stays uncertain once the word is seen."""
    a, b = p.double(), q.double()
    m = (a + b) / 2
    r = torch.where(m > 0, a / (a + b), 0.5)    # probability of 'p' given the word
    return (math.log(2) - (m * binary_entropy(r)).sum(-1)).to(p.dtype)
