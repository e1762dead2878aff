# named: signed
# loses: value, any shape
def tvd(p, q):
    return (p - q).sum(-1) / 2
