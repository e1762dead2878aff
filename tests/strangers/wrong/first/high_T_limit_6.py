# mistake: the variance over the first dimension (the positions) instead of over the outcomes
import torch


def high_T_limit(logits_t, logits_s):
    d = logits_t - logits_s
    return torch.var(d, dim=0, unbiased=False).mean() / 2
