# mistake: drops draws whose loss lies more than two standard deviations from the mean as 'outliers', which biases the estimate
import torch


def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def sampled_loss(tree_t, tree_s, n, generator):
    k = torch.multinomial(sequence_log_probs(tree_t).exp().flatten(), n, replacement=True, generator=generator)
    f = -sequence_log_probs(tree_s).flatten()[k]
    usual = (f - f.mean()).abs() <= 2 * f.std()
    f = f[usual]
    return f.mean(), f.std() / len(f) ** 0.5
