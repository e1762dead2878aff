# named: mean-over-outcomes, sign
# loses: value, any shape, shift, stable, gradient, ruled out
import torch


def kd_loss(logits_t, logits_s, T):
    p_t = torch.softmax(logits_t.detach() / T, -1)
    log_p_t = torch.log_softmax(logits_t.detach() / T, -1)
    log_p_s = torch.log_softmax(logits_s / T, -1)
    return -(T**2) * (p_t * (log_p_t - log_p_s)).mean()
