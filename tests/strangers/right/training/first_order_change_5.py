# Right: through numpy, vdot flattens both
import numpy as np


def first_order_change(before, after, grads):
    change = 0.0
    for name in set(grads):
        g, a, b = (d[name].detach().cpu().numpy() for d in (grads, after, before))
        change += float(np.vdot(g, a - b))
    return change
