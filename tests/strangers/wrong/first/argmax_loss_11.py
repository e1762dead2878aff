# mistake: raises: the flat index of argmax is used as if it were the sentence's tuple of words
def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def argmax_loss(tree_t, tree_s):
    y_hat = sequence_log_probs(tree_t).argmax()
    return -sequence_log_probs(tree_s)[y_hat].item()
