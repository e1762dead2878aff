# named: infinity-replaced
# loses: zeros
import torch


def cross_entropy(p, q):
    return -torch.nan_to_num(p * q.log()).sum(-1)
