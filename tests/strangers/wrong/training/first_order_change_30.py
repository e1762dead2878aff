# Mistake: adds half of ‖Δθ‖² 'for the second order'
def first_order_change(before, after, grads):
    total = 0.0
    for n in before:
        d = after[n] - before[n]
        total += (grads[n] * d).sum().item() + 0.5 * (d**2).sum().item()
    return total
