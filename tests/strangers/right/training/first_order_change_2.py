# Right: Python floats only, added exactly by fsum
import math


def first_order_change(before, after, grads):
    terms = []
    for name, g in grads.items():
        rows = zip(g.flatten().tolist(), after[name].flatten().tolist(), before[name].flatten().tolist())
        terms.extend(slope * (new - old) for slope, new, old in rows)
    return math.fsum(terms)
