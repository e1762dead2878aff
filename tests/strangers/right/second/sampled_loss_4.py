# Right: Gumbel-max draws from the generator's uniform numbers, in chunks
import torch
def sampled_loss(tree_t, tree_s, n, generator):
    lt, ls = tree_t[0], tree_s[0]
    for t, s in zip(tree_t[1:], tree_s[1:]):
        lt, ls = lt[..., None] + t, ls[..., None] + s
    lt, ls = lt.flatten().double(), ls.flatten().double()
    out, left = [], n
    while left:
        m = min(left, 4096)
        u = torch.rand(m, len(lt), generator=generator, dtype=torch.float64).clamp(min=1e-300)
        out.append(-ls[(lt - torch.log(-torch.log(u))).argmax(1)])
        left -= m
    f = torch.cat(out)
    return f.mean(), f.std(correction=0) / n**0.5
