# named: softmax-over-second-dimension
# loses: any shape, gradient, ruled out
import torch


def kd_loss(logits_t, logits_s, T):
    log_p_t = torch.log_softmax(logits_t.detach() / T, dim=1)
    log_p_s = torch.log_softmax(logits_s / T, dim=1)
    return T**2 * (log_p_t.exp() * (log_p_t - log_p_s)).sum(-1).mean()
