# named: mean-of-row-means, empty-is-nan
# loses: value, pads, empty, empty gradient, gradient, impossible, NaN in pads, NaN gradient
import torch


def masked_kl(logits_t, logits_s, mask, T=1.0):
    log_p = torch.log_softmax(logits_t.detach() / T, -1)
    log_q = torch.log_softmax(logits_s / T, -1)
    kl = (log_p.exp() * (log_p - log_q)).sum(-1)
    per_row = (kl * mask).sum(1) / mask.sum(1)
    return T**2 * per_row.mean()
