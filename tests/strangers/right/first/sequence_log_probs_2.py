def sequence_log_probs(tree):
    L = len(tree)
    return sum(level.reshape(list(level.shape) + [1] * (L - 1 - i)) for i, level in enumerate(tree)).clone()
