# named: epsilon-1e-8
# loses: ruled out
def kl(p, q):
    return (p * ((p + 1e-8) / (q + 1e-8)).log()).sum(-1)
