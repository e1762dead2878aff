# Right: what p has too much of, which is the same number
import torch
def tvd(p, q):
    return torch.relu(p - q).sum(dim=-1)
