# named: prefixes-of-student
# loses: value, any size
def exact_loss(tree_t, tree_s):
    loss, weight = 0.0, 1.0
    for t, s in zip(tree_t, tree_s, strict=True):
        loss = loss - (weight * t.exp() * s).sum()
        weight = (weight * s.exp())[..., None]
    return loss
