import torch


def sequence_log_probs(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total


def token_kls(tree_t, tree_s):
    """KL of all beginnings of i+1 words, minus that of i words: what word i adds."""
    kls = []
    for i in range(len(tree_t)):
        a, b = (sequence_log_probs([x.double() for x in tree[: i + 1]]) for tree in (tree_t, tree_s))
        kls.append((a.exp() * (a - b)).sum())
    kls = torch.stack(kls)
    return torch.diff(kls, prepend=kls.new_zeros(1)).to(tree_t[0].dtype)
