# Mistake: weight of a prefix is only the conditional probability of its last word
import torch
def token_kls(tree_t, tree_s):
    out = []
    for i, (t, s) in enumerate(zip(tree_t, tree_s)):
        each = (t.exp() * (t - s)).sum(-1)
        out.append((tree_t[i - 1].exp() * each).sum() if i else each)
    return torch.stack(out)
