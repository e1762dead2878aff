# mistake: mean() over the sentences instead of the sum: divided by V**L
def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def exact_loss(tree_t, tree_s):
    log_t, log_s = map(sequence_log_probs, (tree_t, tree_s))
    return -(log_t.exp() * log_s).mean()
