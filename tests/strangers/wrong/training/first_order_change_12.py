# Mistake: multiplies the lengths of step and gradient, as if the step went exactly against the gradient
import math


def first_order_change(before, after, grads):
    g2 = sum(grads[n].square().sum().item() for n in grads)
    d2 = sum((after[n] - before[n]).square().sum().item() for n in grads)
    return -math.sqrt(g2) * math.sqrt(d2)
