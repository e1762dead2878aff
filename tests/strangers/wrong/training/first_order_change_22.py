# Mistake: one step length for all (the mean of Δθ / −g), then −η‖g‖²: plain descent again, in disguise
import torch


def first_order_change(before, after, grads):
    names = list(before)
    g = torch.cat([grads[n].reshape(-1) for n in names])
    d = torch.cat([(after[n] - before[n]).reshape(-1) for n in names])
    eta = d.norm() / g.norm() if g.norm() > 0 else 0.0
    return float(-eta * (g @ g))
