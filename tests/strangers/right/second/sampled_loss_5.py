# Right: counts of each sentence by bincount, mean and standard deviation from the counts
import torch
def sampled_loss(tree_t, tree_s, n, generator):
    lt, ls = tree_t[0], tree_s[0]
    for t, s in zip(tree_t[1:], tree_s[1:]):
        lt, ls = lt[..., None] + t, ls[..., None] + s
    f = -ls.flatten().double()
    draws = torch.multinomial(lt.flatten().exp(), n, replacement=True, generator=generator)
    share = torch.bincount(draws, minlength=len(f)).double() / n
    mean = (share * f).sum()
    var = (share * (f - mean) ** 2).sum()
    return float(mean), float((var / n) ** 0.5)
