# mistake: two at once: the mixture is not halved, and the 1/2 before the two KLs is missing: 2 JS - 2 ln 2
import torch


def js(p, q):
    m = torch.add(p, q)
    to_m = [torch.xlogy(a, a) - torch.xlogy(a, m) for a in (p, q)]
    return sum(to_m).sum(-1)
