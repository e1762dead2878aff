# named: teachers-own-probability
# loses: value, mode
def log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def argmax_loss(tree_t, tree_s):
    return -log_probs(tree_t).max()
