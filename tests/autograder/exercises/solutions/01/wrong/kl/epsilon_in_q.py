# named: epsilon-in-q-unguarded-1e-12
# loses: zeros, ruled out
def kl(p, q):
    return (p * (p / (q + 1e-12)).log()).sum(-1)
