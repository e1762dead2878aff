import torch


def first_order_change(before, after, grads):
    names = sorted(before)
    b, a, g = (torch.cat([each[n].flatten() for n in names]) for each in (before, after, grads))
    return torch.dot(g, a - b).item()
