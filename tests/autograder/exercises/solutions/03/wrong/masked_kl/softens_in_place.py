# named:
# loses: inputs, gradient, empty, empty gradient, teacher, impossible, NaN in pads, NaN gradient
import torch


def masked_kl(logits_t, logits_s, mask, T=1.0):
    logits_t /= T
    log_p = torch.log_softmax(logits_t, -1)
    log_q = torch.log_softmax(logits_s / T, -1)
    kl = (log_p.exp() * (log_p - log_q)).sum(-1)
    return T**2 * (kl * mask).sum() / mask.sum().clamp(min=1)
