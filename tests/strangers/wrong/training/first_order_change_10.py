# Mistake: gradient times where the weights are now; forgot to subtract where they were
def first_order_change(before, after, grads):
    return float(sum((g * after[name]).sum() for name, g in grads.items()))
