# Right: functional style, reduce over the names, reshape and inner product
from functools import reduce


def first_order_change(before, after, grads):
    return reduce(
        lambda so_far, n: so_far + grads[n].reshape(-1).inner((after[n] - before[n]).reshape(-1)).item(),
        before,
        0.0,
    )
