# Mistake: variance over the first dimension, i.e. over positions
import torch
def high_T_limit(logits_t, logits_s):
    d = logits_s - logits_t
    return 0.5 * d.var(dim=0, correction=0).mean()
