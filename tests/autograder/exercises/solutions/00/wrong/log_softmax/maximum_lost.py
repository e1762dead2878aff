# named: maximum-not-put-back
# loses: value, any shape, large, tiny
def log_softmax(x):
    m = x.max(-1, keepdim=True).values
    return x - (x - m).exp().sum(-1, keepdim=True).log()
