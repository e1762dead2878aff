# named: epsilon-1e-12
# loses: ruled out
def kl(p, q):
    return (p * (p.clamp(min=1e-12).log() - q.clamp(min=1e-12).log())).sum(-1)
