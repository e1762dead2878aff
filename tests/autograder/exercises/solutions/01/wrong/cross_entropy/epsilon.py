# named: epsilon-1e-10
# loses: zeros
def cross_entropy(p, q):
    return -(p * (q + 1e-10).log()).sum(-1)
