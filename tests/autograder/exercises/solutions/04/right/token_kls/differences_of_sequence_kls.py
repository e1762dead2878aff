import torch


def log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def token_kls(tree_t, tree_s):
    until = [torch.zeros((), dtype=tree_t[0].dtype)]
    for i in range(len(tree_t)):
        log_t, log_s = log_probs(tree_t[: i + 1]), log_probs(tree_s[: i + 1])
        until.append((log_t.exp() * (log_t - log_s)).sum())
    return torch.stack(until).diff()
