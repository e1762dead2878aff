# named: broadcast-from-the-right
# loses: value, any size
def sequence_log_probs(tree):
    return sum(tree)
