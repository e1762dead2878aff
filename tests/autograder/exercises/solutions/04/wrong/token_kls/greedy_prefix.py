# named: greedy-prefix-only
# loses: value, any size
import torch


def token_kls(tree_t, tree_s):
    prefix, kls = (), []
    for t, s in zip(tree_t, tree_s, strict=True):
        p, q = t[prefix], s[prefix]
        kls.append((p.exp() * (p - q)).sum())
        prefix = (*prefix, int(p.argmax()))
    return torch.stack(kls)
