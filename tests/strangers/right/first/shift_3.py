import torch


def shift(logits, tokens, mask):
    """Roll labels and mask one to the left; the last column has wrapped round, drop it everywhere."""
    rolled = tokens.roll(-1, dims=1), mask.roll(-1, dims=1)
    last = logits.size(1) - 1
    return tuple(t.narrow(1, 0, last).clone() for t in (logits, *rolled))
