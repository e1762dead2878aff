# named: logarithm-clamped
# loses: zeros
def cross_entropy(p, q):
    return -(p * q.log().clamp(min=-100)).sum(-1)
