# named: tokens-by-themselves
# loses: estimate, standard error
import torch


def log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def sampled_loss(tree_t, tree_s, n, generator):
    p = log_probs(tree_t).exp()
    y = []
    for i in range(p.ndim):
        others = [j for j in range(p.ndim) if j != i]
        y.append(torch.multinomial(p.sum(others), n, True, generator=generator))
    losses = -log_probs(tree_s)[tuple(y)]
    return losses.mean(), losses.std() / n**0.5
