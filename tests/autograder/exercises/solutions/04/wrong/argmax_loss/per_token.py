# named: mean-over-length
# loses: value, mode
def log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total.flatten()


def argmax_loss(tree_t, tree_s):
    return -log_probs(tree_s)[log_probs(tree_t).argmax()] / len(tree_t)
