# Mistake: softmax().log(): a wild padding logit gives 0 * inf = NaN in spite of the mask
import torch
def masked_kl(logits_t, logits_s, mask, T=1.0):
    p = (logits_t.detach() / T).softmax(-1)
    q = (logits_s / T).softmax(-1)
    each = (p * (p.log() - q.log())).sum(-1)
    return T**2 * (each * mask).sum() / mask.sum().clamp(min=1)
