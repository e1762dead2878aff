# mistake: the absolute value is taken after the sum, so it is always about 0
def tvd(p, q):
    return 0.5 * (p - q).sum(-1).abs()
