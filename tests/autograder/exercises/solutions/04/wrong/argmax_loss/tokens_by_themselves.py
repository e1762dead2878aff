# named: tokens-by-themselves
# loses: mode
def log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def argmax_loss(tree_t, tree_s):
    p = log_probs(tree_t).exp()
    y = tuple(int(p.sum([j for j in range(p.ndim) if j != i]).argmax()) for i in range(p.ndim))
    return -log_probs(tree_s)[y]
