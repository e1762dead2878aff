# named: maximum-not-divided
# loses: stable
def softmax(x, T=1.0):
    e = (x / T - x.max(-1, keepdim=True).values).exp()
    return e / e.sum(-1, keepdim=True)
