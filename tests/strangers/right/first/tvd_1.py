def tvd(p, q):
    """½ Σ|p − q| over the last dimension."""
    return (p - q).abs().sum(-1) / 2
