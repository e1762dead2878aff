# Mistake: flattens each dict in its own order and takes one big dot product
import torch


def first_order_change(before, after, grads):
    def flat(d):
        return torch.cat([t.flatten() for t in d.values()])

    return (flat(grads) @ (flat(after) - flat(before))).item()
