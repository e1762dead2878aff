# named: temperature-above-only
# loses: value, any shape, stable
def softmax(x, T=1.0):
    x = x - x.max(-1, keepdim=True).values
    return (x / T).exp() / x.exp().sum(-1, keepdim=True)
