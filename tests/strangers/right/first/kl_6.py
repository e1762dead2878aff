import torch


def kl(p, q):
    # Bregman form: p log(p/q) - p + q, each term >= 0; the rows sum to 1, so -p + q adds nothing
    term = torch.xlogy(p, p) - torch.xlogy(p, q) - p + q
    return term.clamp(min=0).sum(-1)
