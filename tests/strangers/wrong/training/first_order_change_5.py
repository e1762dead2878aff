# Mistake: takes absolute values of the single products, so rises and falls cannot cancel
def first_order_change(before, after, grads):
    change = 0.0
    for name, g in grads.items():
        change += (g * (after[name] - before[name])).abs().sum().item()
    return change
