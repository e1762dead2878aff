import torch


def masked_kl(logits_t, logits_s, mask, T=1.0):
    t, s = logits_t.detach()[mask] / T, logits_s[mask] / T
    log_p, log_q = t.log_softmax(-1), s.log_softmax(-1)
    return T * T * torch.sum(log_p.exp() * (log_p - log_q)) / max(1, int(mask.sum()))
