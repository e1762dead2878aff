import torch


def log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def token_kls(tree_t, tree_s):
    p = log_probs(tree_t).exp()
    L = p.ndim
    kls = []
    for i in range(L):
        prefixes = p.sum(list(range(i + 1, L))) if i + 1 < L else p
        kls.append((prefixes * (tree_t[i] - tree_s[i])).sum())
    return torch.stack(kls)
