# mistake: as printed in the book, without the minus
def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def exact_loss(tree_t, tree_s):
    return (sequence_log_probs(tree_t).exp() * sequence_log_probs(tree_s)).sum()
