# named: largest-difference
# loses: value, any shape
def tvd(p, q):
    return (p - q).abs().max(-1).values
