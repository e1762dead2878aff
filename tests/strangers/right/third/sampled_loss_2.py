# Right: whole sentences by the inverse of the cumulative distribution, and moments from the counts.
import torch

def sampled_loss(tree_t, tree_s, n, generator):
    def joint(tree):
        out = tree[0].double()
        for level in tree[1:]:
            out = out.unsqueeze(-1) + level.double()
        return out.flatten()

    edges = joint(tree_t).exp().cumsum(0)
    u = torch.rand(n, generator=generator, dtype=torch.float64) * edges[-1]
    y = torch.searchsorted(edges, u, right=True).clamp(max=len(edges) - 1)
    share = torch.bincount(y, minlength=len(edges)).double() / n
    cost = -joint(tree_s)
    mean = (share * cost).sum()
    variance = (share * (cost - mean) ** 2).sum()  # divides by n
    return mean.item(), (variance / n).sqrt().item()
