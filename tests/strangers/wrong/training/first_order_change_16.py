# Mistake: always negative, 'because a step makes the loss fall'
def first_order_change(before, after, grads):
    total = 0.0
    for n in before:
        total += (grads[n] * (after[n] - before[n])).sum().item()
    return -abs(total)
