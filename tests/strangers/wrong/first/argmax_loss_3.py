# mistake: the right sentence, but the teacher's log-probability of it: tree_s is never read
def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def argmax_loss(tree_t, tree_s):
    return -sequence_log_probs(tree_t).max()
