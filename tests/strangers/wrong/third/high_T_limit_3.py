# Mistake: divides by V twice: a variance that is a mean already, times 1/(2V).
import torch

def high_T_limit(logits_t, logits_s):
    V = logits_s.shape[-1]
    var = (logits_s - logits_t).var(-1, unbiased=False)
    return (var / (2 * V)).mean()
