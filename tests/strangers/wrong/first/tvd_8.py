# mistake: 'how much must be moved' taken with the distance moved: the earth mover's distance over the outcome numbers
def tvd(p, q):
    return (p.cumsum(-1) - q.cumsum(-1)).abs().sum(-1)
