# Mistake: the aliasing trap: `delta = after` is no copy, and delta[name] = … writes into the caller's dict
def first_order_change(before, after, grads):
    delta = after
    for name in delta:
        delta[name] = delta[name] - before[name]
    return sum((grads[name] * delta[name]).sum().item() for name in delta)
