# named:
# loses: number
def first_order_change(before, after, grads):
    total = 0.0
    for name in before:
        total += (grads[name] * (after[name] - before[name])).sum()
    return total
