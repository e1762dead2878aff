# mistake: returns one number, the KL of the sequences, instead of its L terms
def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def token_kls(tree_t, tree_s):
    a, b = sequence_log_probs(tree_t), sequence_log_probs(tree_s)
    return (a.exp() * (a - b)).sum()
