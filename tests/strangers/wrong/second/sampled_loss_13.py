# Mistake: variance over root n instead of the standard deviation over root n
import torch
def sampled_loss(tree_t, tree_s, n, generator):
    f = torch.zeros(n, dtype=tree_s[0].dtype)
    for k in range(n):
        y = ()
        for t, s in zip(tree_t, tree_s):
            v = torch.multinomial(t[y].exp(), 1, generator=generator).item()
            y = y + (v,)
            f[k] -= s[y]
    return f.mean(), f.var() / n**0.5
