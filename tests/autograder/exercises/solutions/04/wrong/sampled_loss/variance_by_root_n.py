# named: variance-by-root-n
# loses: standard error
import torch


def log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total.flatten()


def sampled_loss(tree_t, tree_s, n, generator):
    p = log_probs(tree_t).exp()
    losses = -log_probs(tree_s)[torch.multinomial(p, n, True, generator=generator)]
    return losses.mean(), losses.var() / n**0.5
