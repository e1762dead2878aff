# named:
# loses: SGD, other optimizers, names, float32, no step, number
def first_order_change(before, after, grads):
    return {k: (grads[k] * (after[k] - before[k])).sum().item() for k in before}
