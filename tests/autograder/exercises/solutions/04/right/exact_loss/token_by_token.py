def exact_loss(tree_t, tree_s):
    loss, weight = 0.0, 1.0
    for t, s in zip(tree_t, tree_s, strict=True):
        p = weight * t.exp()
        loss -= (p * s).sum()
        weight = p[..., None]
    return loss
