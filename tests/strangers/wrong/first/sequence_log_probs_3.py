# mistake: returns probabilities, not their logarithms
def sequence_log_probs(tree):
    p = tree[0].exp()
    for level in tree[1:]:
        p = p.unsqueeze(-1) * level.exp()
    return p
