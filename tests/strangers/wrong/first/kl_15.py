# mistake: returns a Python list of floats for batches instead of a tensor, and raises for [V] (zip over numbers)
import math


def kl(p, q):
    result = []
    for a, b in zip(p.tolist(), q.tolist()):
        s = 0.0
        for x, y in zip(a, b):
            if x > 0:
                s += x * math.log(x / y) if y > 0 else math.inf
        result.append(s)
    return result
