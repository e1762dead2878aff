# mistake: the second number is the standard deviation of the draws, not divided by the root of n
import torch


def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def sampled_loss(tree_t, tree_s, n, generator):
    k = torch.multinomial(sequence_log_probs(tree_t).exp().flatten(), n, replacement=True, generator=generator)
    f = -sequence_log_probs(tree_s).flatten()[k]
    return f.mean(), f.std()
