# Mistake: standard deviation instead of the variance
import torch
def high_T_limit(logits_t, logits_s):
    return torch.std(logits_s - logits_t, dim=-1, unbiased=False).mean() / 2
