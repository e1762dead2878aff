def js(p, q):
    m = 0.5 * (p + q)
    a = p * ((p + 1e-12).log() - (m + 1e-12).log())
    b = q * ((q + 1e-12).log() - (m + 1e-12).log())
    return 0.5 * (a + b).sum(-1)
