# Mistake: takes the KL at the teacher's likeliest prefix only, instead of the expectation over all prefixes.
import torch

def token_kls(tree_t, tree_s):
    prefix = ()
    out = []
    for t, s in zip(tree_t, tree_s):
        row_t, row_s = t[prefix], s[prefix]
        out.append((row_t.exp() * (row_t - row_s)).sum())
        prefix = prefix + (int(row_t.argmax()),)
    return torch.stack(out)
