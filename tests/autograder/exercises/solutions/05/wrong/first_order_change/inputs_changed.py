# named:
# loses: inputs
def first_order_change(before, after, grads):
    total = 0.0
    for name in before:
        after[name] -= before[name]
        total += (grads[name] * after[name]).sum().item()
    return total
