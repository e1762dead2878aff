# named: epsilon-1e-12
# loses: zeros
def cross_entropy(p, q):
    return -(p * q.clamp(min=1e-12).log()).sum(-1)
