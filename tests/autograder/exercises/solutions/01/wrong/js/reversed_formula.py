# named: reversed-unguarded, summed-over-everything
# loses: value, any shape, zeros
def js(p, q):
    m = 0.5 * (p + q)
    return 0.5 * (m * (m / p).log() + m * (m / q).log()).sum()
