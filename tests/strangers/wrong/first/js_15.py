# mistake: calls a function KL that is defined nowhere: NameError
def js(p, q):
    m = 0.5 * (p + q)
    return 0.5 * KL(p, m) + 0.5 * KL(q, m)
