# Mistake: a matrix product per tensor with the transposed step, whose whole sum is taken instead of the diagonal's
def first_order_change(before, after, grads):
    total = 0.0
    for name, g in grads.items():
        d = after[name] - before[name]
        if g.ndim == 2:
            total += (g @ d.T).sum().item()
        else:
            total += (g * d).sum().item()
    return total
