def first_order_change(before, after, grads):
    terms = [grads[k].double() * (after[k].double() - before[k].double()) for k in grads]
    return sum(each.sum() for each in terms).item()
