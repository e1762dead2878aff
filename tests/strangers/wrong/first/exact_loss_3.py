# mistake: the roles are swapped: the student's probabilities weigh the teacher's logarithms
import torch


def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def exact_loss(tree_t, tree_s):
    q = torch.exp(sequence_log_probs(tree_s))
    return -torch.sum(q * sequence_log_probs(tree_t))
