# Mistake: subtracts in place, so the caller's `after` holds differences afterwards
def first_order_change(before, after, grads):
    result = 0.0
    for name in before:
        delta = after[name].sub_(before[name])
        result += (grads[name] * delta).sum().item()
    return result
