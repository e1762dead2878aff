import torch
import torch.nn.functional as F


def masked_kl(logits_t, logits_s, mask, T=1.0):
    log_p = F.log_softmax(logits_t.detach()[mask] / T, -1)
    p = log_p.exp()
    ce = F.cross_entropy(logits_s[mask] / T, p, reduction="sum")
    return T**2 * (ce + torch.sum(p * log_p)) / max(len(p), 1)
