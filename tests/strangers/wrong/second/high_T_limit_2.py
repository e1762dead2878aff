# Mistake: the factor one half is missing
import torch
def high_T_limit(logits_t, logits_s):
    return torch.var(logits_s - logits_t, dim=-1, correction=0).mean()
