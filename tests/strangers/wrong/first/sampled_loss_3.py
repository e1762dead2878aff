# mistake: the generator is not passed on: the draws come from torch's global one, so the seed has no effect
import torch


def sampled_loss(tree_t, tree_s, n, generator):
    f = torch.zeros(n, dtype=torch.float64)
    for k in range(n):
        y = ()
        for t, s in zip(tree_t, tree_s):
            y += (int(torch.multinomial(t[y].exp(), 1)),)
            f[k] -= s[y]
    return f.mean(), f.std() / n**0.5
