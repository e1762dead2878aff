# Mistake: the mean over the names: divides the sum by the number of tensors
def first_order_change(before, after, grads):
    contributions = [(grads[n] * (after[n] - before[n])).sum().item() for n in before]
    return sum(contributions) / len(contributions)
