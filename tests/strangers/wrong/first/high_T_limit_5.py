# mistake: difference of the variances instead of the variance of the difference
import torch


def high_T_limit(logits_t, logits_s):
    vs = logits_s.var(-1, unbiased=False)
    vt = logits_t.var(-1, unbiased=False)
    return 0.5 * (vs - vt).mean()
