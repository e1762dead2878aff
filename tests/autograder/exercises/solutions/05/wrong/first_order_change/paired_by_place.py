# named: paired-by-place
# loses: names
def first_order_change(before, after, grads):
    triples = zip(before.values(), after.values(), grads.values())
    return sum((g * (a - b)).sum().item() for b, a, g in triples)
