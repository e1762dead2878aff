# mistake: the smallest loss over all sentences: the argmax of the student, not of the teacher
def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def argmax_loss(tree_t, tree_s):
    return (-sequence_log_probs(tree_s)).min()
