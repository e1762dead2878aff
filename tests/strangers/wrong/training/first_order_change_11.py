# Mistake: a factor 1/2 from a half-remembered Taylor expansion
def first_order_change(before, after, grads):
    total = 0.0
    for k in before.keys():
        total += 0.5 * (grads[k] * (after[k] - before[k])).sum().item()
    return total
