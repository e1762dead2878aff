# mistake: hard-coded for the three words of the example; with more outcomes the rest is ignored
def tvd(p, q):
    d0 = abs(p[..., 0] - q[..., 0])
    d1 = abs(p[..., 1] - q[..., 1])
    d2 = abs(p[..., 2] - q[..., 2])
    return (d0 + d1 + d2) / 2
