# mistake: the teacher is not detached, so a gradient reaches logits_t
import torch


def masked_kl(logits_t, logits_s, mask, T=1.0):
    log_t = torch.log_softmax(logits_t[mask] / T, dim=-1)
    log_s = torch.log_softmax(logits_s[mask] / T, dim=-1)
    kl = torch.sum(log_t.exp() * (log_t - log_s))
    return T**2 * kl / torch.clamp(mask.sum(), min=1)
