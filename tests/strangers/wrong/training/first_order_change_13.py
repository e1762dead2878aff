# Mistake: sums gradients and steps apart and multiplies the sums
def first_order_change(before, after, grads):
    total = 0.0
    for name in before:
        how_steep = grads[name].sum()
        how_far = (after[name] - before[name]).sum()
        total += (how_steep * how_far).item()
    return total
