# named: no-t-squared, cross-entropy
# loses: value, any shape, shift, stable, gradient, ruled out, match
import torch


def kd_loss(logits_t, logits_s, T):
    p_t = torch.softmax(logits_t.detach() / T, -1)
    log_p_s = torch.log_softmax(logits_s / T, -1)
    return -(p_t * log_p_s).sum(-1).mean()
