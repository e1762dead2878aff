# named: last-token-summed-only
# loses: value, any size, match
def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def exact_loss(tree_t, tree_s):
    each = -sequence_log_probs(tree_t).exp() * sequence_log_probs(tree_s)
    loss = each.sum(-1)
    return loss
