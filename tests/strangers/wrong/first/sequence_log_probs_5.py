# mistake: written for sentences of exactly three words
def sequence_log_probs(tree):
    first, second, third = tree
    return first[:, None, None] + second[:, :, None] + third
