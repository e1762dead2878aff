# Mistake: one first word is drawn for all n sentences
import torch
def sampled_loss(tree_t, tree_s, n, generator):
    first = torch.multinomial(tree_t[0].exp(), 1, generator=generator)
    ys = [first.expand(n)]
    lp = tree_s[0][ys[0]]
    for t, s in zip(tree_t[1:], tree_s[1:]):
        nxt = torch.multinomial(t[tuple(ys)].exp(), 1, generator=generator)[:, 0]
        ys.append(nxt)
        lp = lp + s[tuple(ys)]
    f = -lp
    return f.mean(), f.std() / n**0.5
