# Mistake: takes the absolute value of every term ('a divergence cannot be negative'), so terms no longer pay back.
import torch

def kl(p, q):
    terms = torch.xlogy(p, p) - torch.xlogy(p, q)
    return terms.abs().sum(-1)
