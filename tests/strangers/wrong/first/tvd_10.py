# mistake: two at once: over the first dimension instead of the last, and without the 1/2
import torch


def tvd(p, q):
    return torch.norm(p - q, p=1, dim=0)
