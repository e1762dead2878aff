def log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def argmax_loss(tree_t, tree_s):
    log_t = log_probs(tree_t)
    return -log_probs(tree_s)[log_t == log_t.max()].sum()
