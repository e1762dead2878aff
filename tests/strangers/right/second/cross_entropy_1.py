# Right: torch.xlogy, which knows 0 log 0, contracted along the last dimension
import torch
def cross_entropy(p, q):
    return torch.special.xlogy(p, q).sum(dim=-1).neg()
