# Mistake: the overlap of the two, i.e. 1 - TV
import torch
def tvd(p, q):
    return torch.minimum(p, q).sum(-1)
