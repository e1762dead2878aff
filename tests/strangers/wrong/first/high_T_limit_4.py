# mistake: one variance over all positions and outcomes together (right only for [V])
import torch


def high_T_limit(logits_t, logits_s):
    d = logits_s - logits_t
    return 0.5 * d.var(unbiased=False)
