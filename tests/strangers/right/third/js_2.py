# Right: one expression with 2p/(p+q), no mixture named, zeros taken out of the denominator.
import torch

def js(p, q):
    s = p + q
    s = torch.where(s > 0, s, torch.ones_like(s))
    both = torch.stack([p, q])
    return torch.xlogy(both, 2 * both / s).sum(-1).mean(0)
