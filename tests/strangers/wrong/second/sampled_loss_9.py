# Mistake: draws the sentences uniformly, each one equally often
import torch
def logp(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total.flatten()
def sampled_loss(tree_t, tree_s, n, generator):
    ls = logp(tree_s)
    k = torch.randint(len(ls), (n,), generator=generator)
    f = -ls[k]
    return f.mean(), f.std() / n**0.5
