import torch
import torch.nn.functional as F


def masked_kl(logits_t, logits_s, mask, T=1.0):
    with torch.no_grad():
        p = F.softmax(logits_t / T, dim=-1)
    log_q = F.log_softmax(logits_s / T, dim=-1)
    kl = F.kl_div(log_q, p, reduction="none").sum(-1)
    return T**2 * torch.where(mask, kl, torch.zeros_like(kl)).sum() / mask.sum().clamp_min(1)
