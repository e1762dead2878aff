import torch


def kd_loss(logits_t, logits_s, T):
    log_p_t = torch.log_softmax(logits_t.detach() / T, -1)
    log_p_s = torch.log_softmax(logits_s / T, -1)
    kl = (log_p_t.exp() * (log_p_t - log_p_s)).sum(-1)
    return T**2 * kl.mean()
