# Mistake: .item() on a product that has many entries (raises)
def first_order_change(before, after, grads):
    return sum((grads[n] * (after[n] - before[n])).item() for n in before)
