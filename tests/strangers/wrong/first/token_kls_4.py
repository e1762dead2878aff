# mistake: gives the KL of the first i + 1 words together (a running total) and not what word i adds
import torch


def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def token_kls(tree_t, tree_s):
    kls = []
    for i in range(1, len(tree_t) + 1):
        a, b = sequence_log_probs(tree_t[:i]), sequence_log_probs(tree_s[:i])
        kls.append((a.exp() * (a - b)).sum())
    return torch.stack(kls)
