# named: first-tensor-only
# loses: SGD, other optimizers, names, float32
def first_order_change(before, after, grads):
    total = 0.0
    for name in before:
        total += (grads[name] * (after[name] - before[name])).sum().item()
        return total
