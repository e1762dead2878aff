# Mistake: half the difference of the two variances instead of half the variance of the difference.
import torch

def high_T_limit(logits_t, logits_s):
    v_s = logits_s.var(dim=-1, correction=0)
    v_t = logits_t.var(dim=-1, correction=0)
    return 0.5 * (v_s - v_t).abs().mean()
