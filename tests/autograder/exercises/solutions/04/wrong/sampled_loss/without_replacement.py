# named: without-replacement
# loses: estimate, standard error
import torch


def log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total.flatten()


def sampled_loss(tree_t, tree_s, n, generator):
    y = torch.multinomial(log_probs(tree_t).exp(), n, generator=generator)
    losses = -log_probs(tree_s)[y]
    return losses.mean(), losses.std() / n**0.5
