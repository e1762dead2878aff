# mistake: .item() returns a Python float for [V] and raises for a batch
def tvd(p, q):
    return (0.5 * (p - q).abs().sum(-1)).item()
