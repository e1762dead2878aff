# Mistake: the mask is read as 'true = ignore'
import torch
def masked_kl(logits_t, logits_s, mask, T=1.0):
    lt = torch.log_softmax(logits_t.detach() / T, -1)
    ls = torch.log_softmax(logits_s / T, -1)
    each = (lt.exp() * (lt - ls)).sum(-1).masked_fill(mask, 0.0)
    return T**2 * each.sum() / (~mask).sum().clamp(min=1)
