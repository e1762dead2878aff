# named: only-q-halved
# loses: value, any shape, zeros
import torch


def js(p, q):
    m = p + q / 2
    a = (torch.xlogy(p, p) - torch.xlogy(p, m)).sum(-1)
    b = (torch.xlogy(q, q) - torch.xlogy(q, m)).sum(-1)
    return (a + b) / 2
