# named: no-maximum-subtracted
# loses: large
def log_softmax(x):
    return x - x.exp().sum(-1, keepdim=True).log()
