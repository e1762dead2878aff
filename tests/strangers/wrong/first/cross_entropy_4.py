# mistake: leaves out every outcome with q = 0, also where p > 0, so the infinite loss is hidden
import torch


def cross_entropy(p, q):
    ok = (p > 0) & (q > 0)
    safe = torch.where(ok, q, torch.ones_like(q))
    return -(torch.where(ok, p, torch.zeros_like(p)) * safe.log()).sum(-1)
