# mistake: believes that each term must be >= 0 and clamps the terms, so outcomes that 'pay back' are lost
import torch


def kl(p, q):
    terms = torch.xlogy(p, p) - torch.xlogy(p, q)
    return terms.clamp(min=0).sum(-1)
