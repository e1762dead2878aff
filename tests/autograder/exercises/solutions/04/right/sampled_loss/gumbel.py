import torch


def log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total.flatten()


def sampled_loss(tree_t, tree_s, n, generator):
    log_t = log_probs(tree_t)
    u = torch.rand(n, len(log_t), generator=generator, dtype=torch.float64)
    y = (log_t - torch.log(-torch.log(u))).argmax(-1)
    losses = -log_probs(tree_s)[y]
    return losses.mean(), losses.std() / n**0.5
