import numpy as np


def first_order_change(before, after, grads):
    return float(
        sum(np.sum(g.numpy() * (after[k].numpy() - before[k].numpy())) for k, g in grads.items())
    )
