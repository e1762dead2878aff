# Mistake: pairs the values by position, not by name, so another order of names mixes them up
def first_order_change(before, after, grads):
    total = 0.0
    for b, a, g in zip(before.values(), after.values(), grads.values()):
        if b.shape == a.shape == g.shape:
            total += (g * (a - b)).sum().item()
    return total
