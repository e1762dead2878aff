# named: summed-over-everything
# loses: value, any shape
def tvd(p, q):
    return 0.5 * (p - q).abs().sum()
