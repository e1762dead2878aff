# named: cumulative
# loses: value, any size
import torch


def log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def token_kls(tree_t, tree_s):
    kls = []
    for i in range(1, len(tree_t) + 1):
        log_t, log_s = log_probs(tree_t[:i]), log_probs(tree_s[:i])
        kls.append((log_t.exp() * (log_t - log_s)).sum())
    return torch.stack(kls)
