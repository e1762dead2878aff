# named: marginals
# loses: value, any size
import torch


def log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def token_kls(tree_t, tree_s):
    p, q = log_probs(tree_t).exp(), log_probs(tree_s).exp()
    kls = []
    for i in range(p.ndim):
        others = [j for j in range(p.ndim) if j != i]
        a, b = p.sum(others), q.sum(others)
        kls.append((a * (a / b).log()).sum())
    return torch.stack(kls)
