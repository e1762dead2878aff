# named: log-of-softmax, no-maximum-subtracted
# loses: large, tiny
def log_softmax(x):
    e = x.exp()
    return (e / e.sum(-1, keepdim=True)).log()
