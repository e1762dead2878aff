def log_softmax(x):
    z = x.double()
    m = z.max(-1, keepdim=True).values
    lse = m + (z - m).exp().sum(-1, keepdim=True).log()
    return (z - lse).to(x.dtype)
