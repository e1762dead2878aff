# mistake: two at once: in bits (log2) and divided by the length of the sentences
import math


def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def exact_loss(tree_t, tree_s):
    p = sequence_log_probs(tree_t).exp()
    log2_q = sequence_log_probs(tree_s) / math.log(2)
    return -(p * log2_q).sum() / len(tree_s)
