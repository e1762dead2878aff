# named: zero-times-log-of-zero
# loses: zeros
def cross_entropy(p, q):
    return -(p * q.log()).sum(-1)
