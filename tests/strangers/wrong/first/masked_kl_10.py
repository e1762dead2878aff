# mistake: the cross-entropy instead of the KL: the teacher's entropy is not subtracted
import torch


def masked_kl(logits_t, logits_s, mask, T=1.0):
    p_t = torch.softmax(logits_t[mask].detach() / T, -1)
    log_s = torch.log_softmax(logits_s[mask] / T, -1)
    return -(T**2) * (p_t * log_s).sum() / mask.sum().clamp_min(1)
