def softmax(x, T=1.0):
    z = x / T
    e = (z - z.amax(-1, keepdim=True)).exp()
    return e / e.sum(-1, keepdim=True)
