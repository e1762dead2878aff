# named: swapped, zero-times-log-of-zero
# loses: value, any shape, zeros
def cross_entropy(p, q):
    return -(q * p.log()).sum(-1)
