# mistake: adds the levels without a new dimension, so they are lined up from the right: the first word's number meets the last word
def sequence_log_probs(tree):
    total = tree[0].clone()
    for level in tree[1:]:
        total = total + level
    return total
