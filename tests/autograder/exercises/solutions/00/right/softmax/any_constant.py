def softmax(x, T=1.0):
    z = (x - x.max(-1, keepdim=True)[0] + 3) / T
    return z.exp().div(z.exp().sum(-1, keepdim=True))
