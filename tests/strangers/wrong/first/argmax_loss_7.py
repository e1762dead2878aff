# mistake: the likeliest word of each place is found from the place's marginal, summed over all prefixes, independently of the others
def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def argmax_loss(tree_t, tree_s):
    p = sequence_log_probs(tree_t).exp()
    V, L = p.shape[-1], p.dim()
    y = tuple(p.movedim(i, 0).reshape(V, -1).sum(1).argmax().item() for i in range(L))
    return -sequence_log_probs(tree_s)[y]
