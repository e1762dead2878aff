# Mistake: two at once: wrong order of the difference, and a tensor comes back
def first_order_change(before, after, grads):
    return sum((grads[k] * (before[k] - after[k])).sum() for k in before)
