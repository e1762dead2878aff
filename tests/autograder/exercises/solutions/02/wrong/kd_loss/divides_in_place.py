# named:
# loses: gradient, teacher, inputs, ruled out
import torch


def kd_loss(logits_t, logits_s, T):
    logits_t /= T
    logits_s /= T
    log_p_t = torch.log_softmax(logits_t.detach(), -1)
    log_p_s = torch.log_softmax(logits_s, -1)
    return T**2 * (log_p_t.exp() * (log_p_t - log_p_s)).sum(-1).mean()
