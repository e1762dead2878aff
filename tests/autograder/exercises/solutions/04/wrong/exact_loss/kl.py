# named: kl-instead
# loses: value, any size, match
def log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def exact_loss(tree_t, tree_s):
    log_t, log_s = log_probs(tree_t), log_probs(tree_s)
    return (log_t.exp() * (log_t - log_s)).sum()
