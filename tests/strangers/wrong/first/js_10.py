# mistake: sums only outcomes that both can produce, so two distributions without a common outcome give 0 instead of ln 2
import torch


def js(p, q):
    common = (p > 0) & (q > 0)
    m = (p + q) / 2
    t = p * (p / m).log() + q * (q / m).log()
    return torch.where(common, t, torch.zeros_like(t)).sum(-1) / 2
