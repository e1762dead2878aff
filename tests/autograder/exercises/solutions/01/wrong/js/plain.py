# named: zero-times-log-of-zero
# loses: zeros
def js(p, q):
    m = (p + q) / 2
    return ((p * (p / m).log()).sum(-1) + (q * (q / m).log()).sum(-1)) / 2
