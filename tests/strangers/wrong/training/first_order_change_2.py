# Mistake: before minus after, so a promised fall comes out positive
def first_order_change(before, after, grads):
    return sum(float((grads[k] * (before[k] - after[k])).sum()) for k in grads)
