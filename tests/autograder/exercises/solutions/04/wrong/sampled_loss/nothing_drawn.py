# named: nothing-drawn
# loses: standard error, varies, generator
def log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total.flatten()


def sampled_loss(tree_t, tree_s, n, generator):
    return -(log_probs(tree_t).exp() * log_probs(tree_s)).sum(), 0.0
