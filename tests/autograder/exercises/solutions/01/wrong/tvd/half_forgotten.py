# named: half-forgotten
# loses: value, any shape
def tvd(p, q):
    return (p - q).abs().sum(-1)
