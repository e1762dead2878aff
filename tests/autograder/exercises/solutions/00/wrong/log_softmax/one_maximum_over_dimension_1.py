# named: maximum-of-the-whole-tensor, over-second-dimension
# loses: any shape, large
def log_softmax(x):
    m = x.max()
    return x - m - (x - m).exp().sum(1, keepdim=True).log()
