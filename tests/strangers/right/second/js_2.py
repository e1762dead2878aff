# Right: stacks p and q and takes the mean KL to their mean, in float64
import torch
def js(p, q):
    both = torch.stack([p, q]).double()
    m = both.mean(0, keepdim=True)
    ratio = torch.where(both > 0, both / m, torch.ones_like(both))
    return (both * ratio.log()).sum(-1).mean(0).to(p.dtype)
