def masked_kl(logits_t, logits_s, mask, T=1.0):
    t = logits_t.detach().masked_fill(~mask[..., None], 0) / T
    s = logits_s.masked_fill(~mask[..., None], 0) / T
    log_p = t - t.logsumexp(-1, keepdim=True)
    log_q = s - s.logsumexp(-1, keepdim=True)
    n = mask.sum()
    return T**2 * (log_p.exp() * (log_p - log_q)).sum() / (n + (n == 0))
