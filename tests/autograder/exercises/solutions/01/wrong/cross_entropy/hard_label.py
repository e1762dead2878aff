# named: only-the-likeliest
# loses: value, any shape, zeros
def cross_entropy(p, q):
    return -q.gather(-1, p.argmax(-1, keepdim=True)).squeeze(-1).log()
