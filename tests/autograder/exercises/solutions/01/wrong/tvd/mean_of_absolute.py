# named: half-forgotten, mean-over-outcomes
# loses: value, any shape
def tvd(p, q):
    return (p - q).abs().mean(-1)
