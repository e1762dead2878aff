# Mistake: empties the caller's dicts with pop / popitem
def first_order_change(before, after, grads):
    total = 0.0
    while before:
        name, old = before.popitem()
        total += (grads.pop(name) * (after.pop(name) - old)).sum().item()
    return total
