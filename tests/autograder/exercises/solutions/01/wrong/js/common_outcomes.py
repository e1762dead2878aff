# named: common-outcomes-only
# loses: zeros
import torch


def js(p, q):
    m = (p + q) / 2
    terms = p * (p / m).log() + q * (q / m).log()
    return 0.5 * torch.where((p > 0) & (q > 0), terms, 0.0).sum(-1)
