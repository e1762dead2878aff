# Mistake: centres with the mean over the whole tensor instead of each row's own mean.
import torch

def high_T_limit(logits_t, logits_s):
    d = logits_s - logits_t
    return ((d - d.mean()) ** 2).mean() / 2
