# Mistake: variance over the whole tensor instead of over the outcomes of each position
import torch
def high_T_limit(logits_t, logits_s):
    d = logits_s - logits_t
    return d.var(unbiased=False) / 2
