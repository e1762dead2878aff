# Mistake: rounds to two digits since the example says 0.50
def first_order_change(before, after, grads):
    s = 0.0
    for k, g in grads.items():
        s += float((g * (after[k] - before[k])).sum())
    return round(s, 2)
