# named: euclidean
# loses: value, any shape
def tvd(p, q):
    return (p - q).norm(dim=-1)
