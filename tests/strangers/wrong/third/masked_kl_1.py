# Mistake: divides by the number of answer tokens plus 1, to avoid 0/0.
import torch

def masked_kl(logits_t, logits_s, mask, T=1.0):
    lt = (logits_t.detach() / T).log_softmax(-1)
    ls = (logits_s / T).log_softmax(-1)
    each = (lt.exp() * (lt - ls)).sum(-1)
    return T**2 * (each * mask).sum() / (mask.sum() + 1)
