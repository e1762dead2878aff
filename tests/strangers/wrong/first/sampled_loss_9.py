# mistake: the log-probabilities are given to multinomial as they are: it raises, since they are negative
import torch


def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def sampled_loss(tree_t, tree_s, n, generator):
    k = torch.multinomial(sequence_log_probs(tree_t).flatten(), n, replacement=True, generator=generator)
    f = -sequence_log_probs(tree_s).flatten()[k]
    return f.mean(), f.std() / n**0.5
