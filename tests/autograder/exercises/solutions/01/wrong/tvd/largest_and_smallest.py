# named:
# loses: value, any shape
def tvd(p, q):
    return ((p - q).max(-1).values - (p - q).min(-1).values) / 2
