# named:
# loses: inputs
def tvd(p, q):
    return p.sub_(q).abs().sum(-1) / 2
