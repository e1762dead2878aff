# named: cosine
# loses: SGD, other optimizers, names, float32, no step
import torch


def first_order_change(before, after, grads):
    g = torch.cat([grads[k].flatten() for k in before])
    step = torch.cat([(after[k] - before[k]).flatten() for k in before])
    return (g @ step / (g.norm() * step.norm())).item()
