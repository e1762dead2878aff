import torch


def kl(p, q):
    return torch.where(p > 0, p * (p.log() - q.log()), 0.0).sum(-1)


def js(p, q):
    m = (p + q) / 2
    return (kl(p, m) + kl(q, m)) / 2
