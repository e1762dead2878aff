import torch


def first_order_change(before, after, grads):
    total = 0.0
    for name, g in grads.items():
        total += float(torch.sum(g * (after[name] - before[name])))
    return total
