def first_order_change(before, after, grads):
    change = 0.0
    for name in after:
        step = (after[name] - before[name]).reshape(-1)
        change += (step @ grads[name].reshape(-1)).item()
    return change
