# named: broadcast-from-the-right
# loses: value, any size, match
def exact_loss(tree_t, tree_s):
    return -(sum(tree_t).exp() * sum(tree_s)).sum()
