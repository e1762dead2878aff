def first_order_change(before, after, grads):
    return sum((grads[n] * (after[n] - before[n])).sum().item() for n in before)
