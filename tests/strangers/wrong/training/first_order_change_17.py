# Mistake: leaves out everything that has one dimension ('biases hardly matter')
def first_order_change(before, after, grads):
    total = 0.0
    for n in before:
        if before[n].dim() < 2:
            continue
        total += (grads[n] * (after[n] - before[n])).sum().item()
    return total
