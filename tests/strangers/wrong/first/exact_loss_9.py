# mistake: sums over the last word only and gives back one number for each prefix; never finished
def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def exact_loss(tree_t, tree_s):
    each = -sequence_log_probs(tree_t).exp() * sequence_log_probs(tree_s)
    loss = each.sum(-1)
    # TODO what about the other dimensions? how many are there if L is not known?
    return loss
