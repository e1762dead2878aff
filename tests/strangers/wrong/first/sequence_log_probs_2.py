# mistake: divides by the length: a mean over the words instead of their sum
def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total / len(tree)
