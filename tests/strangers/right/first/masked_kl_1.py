import torch
import torch.nn.functional as F


def masked_kl(logits_t, logits_s, mask, T=1.0):
    # only the rows that count; of an empty selection the sum is 0 and has a gradient of 0
    log_t = F.log_softmax(logits_t.detach()[mask] / T, dim=-1)
    log_s = F.log_softmax(logits_s[mask] / T, dim=-1)
    total = F.kl_div(log_s, log_t, reduction="sum", log_target=True)
    return T**2 * total / mask.sum().clamp(min=1)
