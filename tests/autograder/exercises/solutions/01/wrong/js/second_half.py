# named: second-half-only
# loses: value, any shape, zeros
import torch


def js(p, q):
    m = 0.5 * (p + q)
    return 0.5 * (torch.xlogy(q, q) - torch.xlogy(q, m)).sum(-1)
