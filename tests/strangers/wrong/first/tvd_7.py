# mistake: sub_ and abs_ work in place and overwrite the caller's p
def tvd(p, q):
    return p.sub_(q).abs_().sum(-1) / 2
