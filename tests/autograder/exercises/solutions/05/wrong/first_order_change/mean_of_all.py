# named: mean-of-all
# loses: SGD, other optimizers, names, float32
import torch


def first_order_change(before, after, grads):
    return torch.cat([(grads[k] * (after[k] - before[k])).flatten() for k in before]).mean().item()
