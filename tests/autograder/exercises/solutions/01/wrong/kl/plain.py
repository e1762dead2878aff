# named: zero-times-log-of-zero
# loses: zeros
def kl(p, q):
    return (p * (p / q).log()).sum(-1)
