import torch


def log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total.flatten()


def sampled_loss(tree_t, tree_s, n, generator):
    cumulative = log_probs(tree_t).exp().cumsum(0)
    u = torch.rand(n, generator=generator, dtype=cumulative.dtype) * cumulative[-1]
    losses = -log_probs(tree_s)[torch.searchsorted(cumulative, u)]
    return losses.mean(), (losses.var() / n).sqrt()
