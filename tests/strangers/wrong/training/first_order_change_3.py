# Mistake: minus the squared length of the gradient: true (with η = 1) for plain descent only
def first_order_change(before, after, grads):
    squared = 0
    for name in before:
        squared += grads[name].pow(2).sum()
    return -float(squared)
