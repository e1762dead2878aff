# named:
# loses: any size
def sequence_log_probs(tree):
    a, b, c = tree
    return a[:, None, None] + b[:, :, None] + c
