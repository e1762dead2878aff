# Right: addcmul onto a fresh accumulator of each shape, einsum-free
import torch


def first_order_change(before, after, grads):
    change = 0.0
    for name in after:
        acc = torch.zeros_like(after[name])
        acc = torch.addcmul(acc, grads[name], after[name])
        acc = torch.addcmul(acc, grads[name], before[name], value=-1.0)
        change += acc.sum().item()
    return change
