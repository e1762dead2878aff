# Mistake: probabilities at temperature 1, T is only the factor in front
import torch
def kd_grad(logits_t, logits_s, T):
    n = logits_s[..., 0].numel()
    return T * (logits_s.softmax(-1) - logits_t.softmax(-1)) / n
