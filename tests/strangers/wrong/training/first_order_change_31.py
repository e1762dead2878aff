# Mistake: counts only weights that moved against their gradient, as only those lower the loss
def first_order_change(before, after, grads):
    total = 0.0
    for n in before:
        total += (grads[n] * (after[n] - before[n])).clamp(max=0).sum().item()
    return total
