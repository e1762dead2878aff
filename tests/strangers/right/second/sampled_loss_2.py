# Right: word after word for all n at once; standard error by hand
import torch
def sampled_loss(tree_t, tree_s, n, generator):
    ys = []
    f = torch.zeros(n, dtype=tree_s[0].dtype)
    for t, s in zip(tree_t, tree_s):
        probs = t[tuple(ys)].exp() if ys else t.exp().repeat(n, 1)
        ys.append(torch.multinomial(probs, 1, generator=generator)[:, 0])
        f = f - s[tuple(ys)]
    mean = f.sum() / n
    s2 = ((f - mean) ** 2).sum() / (n - 1)
    return mean, torch.sqrt(s2 / n)
