# named: prefixes-equal
# loses: value, any size, match
def exact_loss(tree_t, tree_s):
    return sum(-(t.exp() * s).sum(-1).mean() for t, s in zip(tree_t, tree_s, strict=True))
