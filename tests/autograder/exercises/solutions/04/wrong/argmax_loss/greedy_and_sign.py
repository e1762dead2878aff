# named: greedy, sign
# loses: value, mode
def argmax_loss(tree_t, tree_s):
    prefix, score = (), 0.0
    for t, s in zip(tree_t, tree_s, strict=True):
        prefix = (*prefix, int(t[prefix].argmax()))
        score += s[prefix]
    return score
