# named: greedy
# loses: mode
def argmax_loss(tree_t, tree_s):
    prefix, loss = (), 0.0
    for t, s in zip(tree_t, tree_s, strict=True):
        prefix = (*prefix, int(t[prefix].argmax()))
        loss -= s[prefix]
    return loss
