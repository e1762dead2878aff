# mistake: multiplies the log-probabilities, since the chain rule is a product
def sequence_log_probs(tree):
    out = tree[0]
    for level in tree[1:]:
        out = out.unsqueeze(-1) * level
    return out
