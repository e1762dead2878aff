# named: not-the-maximum-subtracted
# loses: stable
def softmax(x, T=1.0):
    z = x / T
    e = (z - z.mean(-1, keepdim=True)).exp()
    return e / e.sum(-1, keepdim=True)
