# named: prefixes-summed
# loses: value, any size, match
def exact_loss(tree_t, tree_s):
    loss = 0
    for t, s in zip(tree_t, tree_s):
        loss = loss - (t.exp() * s).sum()
    return loss
