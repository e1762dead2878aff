# mistake: the words are drawn independently: each level's row after the prefix 0, 0, ... is used, whatever was drawn before
import torch


def sampled_loss(tree_t, tree_s, n, generator):
    L = len(tree_t)
    drawn = []
    for i in range(L):
        row = tree_t[i][(0,) * i].exp()
        drawn.append(torch.multinomial(row, n, replacement=True, generator=generator))
    f = -sum(tree_s[i][tuple(drawn[: i + 1])] for i in range(L))
    return f.mean(), f.std() / n**0.5
