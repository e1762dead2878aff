# Right: the surplus of p over q, which is half of the L1 distance.
import torch

def tvd(p, q):
    return torch.relu(p - q).sum(-1)
