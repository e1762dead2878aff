# mistake: adds the cross-entropies of all prefixes with equal weight, without how likely the teacher makes the prefix
def exact_loss(tree_t, tree_s):
    loss = 0
    for t, s in zip(tree_t, tree_s):
        loss = loss - (t.exp() * s).sum()
    return loss
