def high_T_limit(logits_t, logits_s):
    s = logits_s - logits_s.mean(-1, keepdim=True)
    t = logits_t - logits_t.mean(-1, keepdim=True)
    V = s.shape[-1]
    return ((s - t) ** 2).sum(-1).div(2 * V).mean()
