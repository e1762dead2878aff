# named: no-t-squared, direction-swapped
# loses: value, any shape, shift, stable, gradient, ruled out
import torch


def kd_loss(logits_t, logits_s, T):
    log_p_t = torch.log_softmax(logits_t.detach() / T, -1)
    log_p_s = torch.log_softmax(logits_s / T, -1)
    return (log_p_s.exp() * (log_p_s - log_p_t)).sum(-1).mean()
