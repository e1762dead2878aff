def sequence_log_probs(tree):
    V = tree[0].numel()
    total = tree[0]
    for level in tree[1:]:
        total = (total.view(-1, 1) + level.reshape(-1, V)).view(-1)
    return total.view(tree[-1].shape)
