# named: base-ten
# loses: value, any shape, zeros
import torch


def cross_entropy(p, q):
    log_q = torch.where(p > 0, q.log10(), 0.0)
    return -(p * log_q).sum(-1)
