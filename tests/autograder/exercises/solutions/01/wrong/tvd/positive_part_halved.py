# named: positive-part-halved
# loses: value, any shape
def tvd(p, q):
    return 0.5 * (p - q).clamp(min=0).sum(-1)
