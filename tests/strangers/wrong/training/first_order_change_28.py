# Mistake: reads the learning rate off one single weight and then says −η‖g‖²
def first_order_change(before, after, grads):
    name = next(iter(before))
    g0 = grads[name].flatten()[0]
    moved = (after[name] - before[name]).flatten()[0]
    eta = -moved / g0 if g0 != 0 else 0.0
    return float(-eta * sum((g**2).sum() for g in grads.values()))
