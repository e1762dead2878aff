# mistake: two at once: the mask is read as 'true means hide', and the softmax runs over the positions (dim=1)
import torch


def masked_kl(logits_t, logits_s, mask, T=1.0):
    keep = ~mask
    log_t = torch.log_softmax(logits_t.detach() / T, dim=1)
    log_s = torch.log_softmax(logits_s / T, dim=1)
    each = (log_t.exp() * (log_t - log_s)).sum(-1)
    return T**2 * each[keep].sum() / keep.sum().clamp(min=1)
