import torch


def exact_loss(tree_t, tree_s):
    # from the leaves to the root: what it still costs after each prefix
    cost = torch.zeros_like(tree_t[-1])
    for log_t, log_s in zip(reversed(tree_t), reversed(tree_s)):
        cost = (log_t.exp() * (cost - log_s)).sum(-1)
    return cost
