import torch


def sampled_loss(tree_t, tree_s, n, generator):
    # word after word, all n sentences side by side
    index = ()
    f = torch.zeros(n, dtype=tree_s[0].dtype)
    for i in range(len(tree_t)):
        rows = tree_t[i].exp()
        rows = rows.expand(n, -1) if i == 0 else rows[index]
        word = torch.multinomial(rows, 1, generator=generator)[:, 0]
        index = index + (word,)
        f = f - tree_s[i][index]
    return f.mean(), (f.var(unbiased=False) / n).sqrt()
