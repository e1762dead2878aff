# Mistake: nan_to_num cleans up the infinities as well as the NaN
import torch
def cross_entropy(p, q):
    terms = torch.nan_to_num(p * torch.log(q), nan=0.0, neginf=0.0)
    return -terms.sum(-1)
