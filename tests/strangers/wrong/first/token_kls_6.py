# mistake: the prefix is weighted with the probability of its last word alone, not with the product of all its words
import torch


def token_kls(tree_t, tree_s):
    out = []
    for i in range(len(tree_t)):
        kl = (tree_t[i].exp() * (tree_t[i] - tree_s[i])).sum(-1)
        weight = tree_t[i - 1].exp() if i > 0 else 1.0
        out.append((weight * kl).sum())
    return torch.stack(out)
