import math

import torch


def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def sampled_loss(tree_t, tree_s, n, generator):
    p = sequence_log_probs(tree_t).flatten().exp()
    k = torch.multinomial(p, n, replacement=True, generator=generator)
    f = -sequence_log_probs(tree_s).flatten()[k]
    return f.mean(), f.std() / math.sqrt(n)
