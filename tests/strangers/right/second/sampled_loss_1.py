# Right: inverse transform: uniform numbers and searchsorted in the cumulated probabilities
import torch
def logp(tree):
    total = tree[0]
    for level in tree[1:]:
        total = total[..., None] + level
    return total.flatten()
def sampled_loss(tree_t, tree_s, n, generator):
    cdf = logp(tree_t).double().exp().cumsum(0)
    u = torch.rand(n, generator=generator, dtype=torch.float64) * cdf[-1]
    k = torch.searchsorted(cdf, u, right=True).clamp(max=len(cdf) - 1)
    f = -logp(tree_s)[k].double()
    return f.mean().item(), (f.var(unbiased=False) / n).sqrt().item()
