# mistake: drops the terms that are not finite, so inf becomes a small number
import torch


def kl(p, q):
    t = p * (p.log() - q.log())
    t = torch.where(torch.isfinite(t), t, torch.zeros_like(t))
    return t.sum(-1)
