import torch


def entropy(p):
    return torch.special.entr(p).sum(-1)


def js(p, q):
    return entropy((p + q) / 2) - (entropy(p) + entropy(q)) / 2
