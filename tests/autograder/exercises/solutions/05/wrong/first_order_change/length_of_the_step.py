# named: length-of-the-step
# loses: SGD, other optimizers, names, float32
def first_order_change(before, after, grads):
    return sum(((after[k] - before[k]) ** 2).sum().item() for k in before) ** 0.5
