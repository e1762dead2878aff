# Mistake: generator is not passed on, the draws come from the global state
import torch
def sampled_loss(tree_t, tree_s, n, generator):
    f = []
    for _ in range(n):
        y, lp = (), 0.0
        for t, s in zip(tree_t, tree_s):
            v = int(torch.multinomial(t[y].exp(), 1))
            lp += float(s[y][v])
            y += (v,)
        f.append(-lp)
    f = torch.tensor(f)
    return f.mean(), f.std() / n**0.5
