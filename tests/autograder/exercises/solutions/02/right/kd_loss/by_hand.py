import torch


def kd_loss(logits_t, logits_s, T):
    p_t = torch.softmax(logits_t.detach() / T, dim=-1)
    log_p_t = torch.log_softmax(logits_t.detach() / T, dim=-1)
    log_p_s = torch.log_softmax(logits_s / T, dim=-1)
    kl = (p_t * (log_p_t - log_p_s)).sum(dim=-1)
    return T**2 * kl.mean()
