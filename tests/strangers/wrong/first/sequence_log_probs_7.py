# mistake: the result is one flat row of V**L numbers instead of L dimensions
def sequence_log_probs(tree):
    flat = tree[0]
    for level in tree[1:]:
        V = level.shape[-1]
        flat = (flat[:, None] + level.reshape(-1, V)).flatten()
    return flat
