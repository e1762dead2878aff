# named: direction-swapped, no-t-squared
# loses: value, pads, gradient, impossible, NaN in pads, NaN gradient
import torch


def masked_kl(logits_t, logits_s, mask, T=1.0):
    log_p = torch.log_softmax(logits_t.detach() / T, -1)
    log_q = torch.log_softmax(logits_s / T, -1)
    kl = (log_q.exp() * (log_q - log_p)).sum(-1)
    return (kl * mask).sum() / mask.sum().clamp(min=1)
