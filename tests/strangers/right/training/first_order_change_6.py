# Right: as the directional derivative of a linear function, by autograd (jvp of L(θ) = Σ g θ)
import torch


def first_order_change(before, after, grads):
    total = 0.0
    for name, g in grads.items():
        g = g.detach()
        old = before[name].detach().clone().requires_grad_()
        step = after[name].detach() - before[name].detach()
        with torch.enable_grad():
            (slope,) = torch.autograd.grad((g * old).sum(), old)
        total += float((slope * step).sum())
    return total
