# named: squared-gradient
# loses: SGD, other optimizers, names, float32, no step
def first_order_change(before, after, grads):
    return -sum((g**2).sum().item() for g in grads.values())
