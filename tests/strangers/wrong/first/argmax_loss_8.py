# mistake: two at once: the minus is missing, and the term is still multiplied by the teacher's probability of the sentence
def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def argmax_loss(tree_t, tree_s):
    log_t, log_s = sequence_log_probs(tree_t), sequence_log_probs(tree_s)
    p_max, k = log_t.exp().flatten().max(0)
    return p_max * log_s.flatten()[k]
