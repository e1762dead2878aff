# mistake: mean over the outcomes instead of half the sum
def tvd(p, q):
    return (p - q).abs().mean(-1)
