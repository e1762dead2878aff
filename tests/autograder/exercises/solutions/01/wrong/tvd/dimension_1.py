# named: over-second-dimension
# loses: any shape
def tvd(p, q):
    return 0.5 * (p - q).abs().sum(1)
