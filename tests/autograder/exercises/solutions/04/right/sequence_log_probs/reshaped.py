def sequence_log_probs(tree):
    V, L = len(tree[0]), len(tree)
    return sum(level.reshape([V] * (i + 1) + [1] * (L - i - 1)) for i, level in enumerate(tree))
