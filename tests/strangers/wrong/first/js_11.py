# mistake: only one half, KL(p || m): the second term is forgotten, so it is not symmetric
import torch


def js(p, q):
    m = 0.5 * (p + q)
    return torch.where(p > 0, p * (p.log() - m.log()), torch.zeros_like(p)).sum(-1)
