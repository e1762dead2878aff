# mistake: argmax over the last dimension only: one last word for each prefix, and a tensor instead of a number
def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def argmax_loss(tree_t, tree_s):
    best = sequence_log_probs(tree_t).argmax(-1, keepdim=True)
    return -sequence_log_probs(tree_s).gather(-1, best).squeeze(-1)
