def kd_loss(logits_t, logits_s, T):
    t, s = logits_t.detach().double() / T, logits_s.double() / T
    log_p_t, log_p_s = t.log_softmax(-1), s.log_softmax(-1)
    loss = T**2 * (log_p_t.exp() * (log_p_t - log_p_s)).sum(-1).mean()
    return loss.to(logits_s.dtype)
