# named: weighed-again
# loses: estimate, standard error
import torch


def log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total.flatten()


def sampled_loss(tree_t, tree_s, n, generator):
    p = log_probs(tree_t).exp()
    y = torch.multinomial(p, n, replacement=True, generator=generator)
    losses = -p[y] * log_probs(tree_s)[y]
    return losses.mean(), losses.std() / n**0.5
