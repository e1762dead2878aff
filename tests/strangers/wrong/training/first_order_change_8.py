# Mistake: = instead of +=, only the last name is left in the result
def first_order_change(before, after, grads):
    total = 0.0
    for name in before:
        step = after[name] - before[name]
        total = (step * grads[name]).sum().item()
    return total
