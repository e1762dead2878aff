# mistake: floor division: // 2 rounds the result down to 0 (or 1)
def tvd(p, q):
    return abs(p - q).sum(-1) // 2
