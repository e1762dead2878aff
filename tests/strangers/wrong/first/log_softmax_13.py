# mistake: two at once: over dim 1 (wrong for [B, L, V], raises for [V]), and nan_to_num turns -inf into a finite number
import torch
import torch.nn.functional as F


def log_softmax(x):
    return torch.nan_to_num(F.log_softmax(x, dim=1))
