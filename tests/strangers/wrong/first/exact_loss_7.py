# mistake: a softmax over the last word is taken for the sentence's probability, so the earlier words' probabilities are lost
import torch


def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def exact_loss(tree_t, tree_s):
    p_t = torch.softmax(sequence_log_probs(tree_t), dim=-1)
    return -(p_t * sequence_log_probs(tree_s)).sum()
