import torch


def entropy(p):
    return -torch.xlogy(p, p).sum(-1)


def js(p, q):
    # expands to H(m) - (H(p) + H(q)) / 2
    return entropy(0.5 * (p + q)) - 0.5 * (entropy(p) + entropy(q))
