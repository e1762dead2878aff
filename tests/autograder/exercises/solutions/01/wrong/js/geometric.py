# named: mixture-geometric
# loses: value, any shape, zeros
import torch


def kl(p, q):
    return (torch.xlogy(p, p) - torch.xlogy(p, q)).sum(-1)


def js(p, q):
    m = (p.log() + q.log()) / 2
    m = torch.softmax(m, -1)
    return (kl(p, m) + kl(q, m)) / 2
