# mistake: adds in place to the last tensor of the tree, which is changed afterwards
def sequence_log_probs(tree):
    total = tree[-1]
    L = len(tree)
    for i in range(L - 1):
        total += tree[i].view(*tree[i].shape, *[1] * (L - 1 - i))
    return total
