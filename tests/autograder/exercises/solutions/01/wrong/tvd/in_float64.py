# named:
# loses: dtype
def tvd(p, q):
    return (p.double() - q.double()).abs().sum(-1) / 2
