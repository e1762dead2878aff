# Mistake: returns in the loop, after the first tensor
def first_order_change(before, after, grads):
    total = 0.0
    for name, theta in before.items():
        total += float(((after[name] - theta) * grads[name]).sum())
        return total
    return total
