# Mistake: *= on the gradient tensors: the caller's gradients are spoilt
def first_order_change(before, after, grads):
    total = 0
    for name in before:
        product = grads[name]
        product *= after[name] - before[name]
        total += product.sum()
    return float(total)
