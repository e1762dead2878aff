# Mistake: the student draws the sentences
import torch
def logp(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total.flatten()
def sampled_loss(tree_t, tree_s, n, generator):
    ls = logp(tree_s)
    k = torch.multinomial(ls.exp(), n, replacement=True, generator=generator)
    f = -ls[k]
    return f.mean(), f.std() / n**0.5
