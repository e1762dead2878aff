# Mistake: uses @ for the dot product, which fails or multiplies matrices for tensors that are no vectors (raises)
def first_order_change(before, after, grads):
    total = 0.0
    for name in before:
        total += (grads[name] @ (after[name] - before[name])).item()
    return total
