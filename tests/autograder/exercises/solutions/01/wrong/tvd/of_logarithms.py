# named: of-logarithms
# loses: value, any shape
def tvd(p, q):
    return 0.5 * (p.log() - q.log()).abs().sum(-1)
