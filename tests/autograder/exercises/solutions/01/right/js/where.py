import torch


def js(p, q):
    m = torch.lerp(p, q, 0.5)
    terms = [torch.where(a > 0, a * (a / m).log(), 0.0) for a in (p, q)]
    return 0.5 * sum(terms).sum(-1)
