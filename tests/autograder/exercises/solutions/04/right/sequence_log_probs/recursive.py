def sequence_log_probs(tree):
    if len(tree) == 1:
        return tree[0].clone()
    return sequence_log_probs(tree[:-1]).unsqueeze(-1) + tree[-1]
