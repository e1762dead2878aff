# Mistake: stops at the first tensor that did not move
def first_order_change(before, after, grads):
    total = 0.0
    for name in before:
        delta = after[name] - before[name]
        if not delta.any():
            break
        total += (grads[name] * delta).sum().item()
    return total
