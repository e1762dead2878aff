# mistake: the mean of each row first, then the mean over the rows: all texts are equal, not all answer tokens
import torch


def masked_kl(logits_t, logits_s, mask, T=1.0):
    m = mask.to(logits_s.dtype)
    zt, zs = logits_t.detach() * m[..., None], logits_s * m[..., None]
    log_t, log_s = (zt / T).log_softmax(-1), (zs / T).log_softmax(-1)
    each = (log_t.exp() * (log_t - log_s)).sum(-1) * m
    per_row = each.sum(1) / m.sum(1).clamp(min=1)
    return T * T * per_row.mean()
