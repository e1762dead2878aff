# named: fixed-learning-rate
# loses: SGD, other optimizers, names, float32, no step
def first_order_change(before, after, grads, lr=0.1):
    return -lr * sum(g.norm().item() ** 2 for g in grads.values())
