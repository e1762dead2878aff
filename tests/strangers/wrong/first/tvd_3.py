# mistake: squares the differences instead of taking the absolute value
def tvd(p, q):
    return 0.5 * ((p - q) ** 2).sum(-1)
