# named: earth-movers
# loses: value, any shape
def tvd(p, q):
    return (p.cumsum(-1) - q.cumsum(-1)).abs().sum(-1)
