# named: maximum-subtracted-twice
# loses: value, any shape, large, tiny
def log_softmax(x):
    m = x.max(-1, keepdim=True).values
    z = x - m
    return z - (m + z.exp().sum(-1, keepdim=True).log())
