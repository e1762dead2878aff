# Mistake: nan_to_num cures 0*log 0 but also turns infinities into the largest float: not inf where q = 0 < p.
import torch

def cross_entropy(p, q):
    terms = torch.nan_to_num(-p * torch.log(q))
    return terms.sum(-1)
