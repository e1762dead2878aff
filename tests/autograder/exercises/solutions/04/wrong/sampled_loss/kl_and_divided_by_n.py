# named: kl-instead, divided-by-n
# loses: estimate, standard error
import torch


def log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total.flatten()


def sampled_loss(tree_t, tree_s, n, generator):
    log_t, log_s = log_probs(tree_t), log_probs(tree_s)
    y = torch.multinomial(log_t.exp(), n, replacement=True, generator=generator)
    ratios = log_t[y] - log_s[y]
    return ratios.mean(), ratios.std() / n
