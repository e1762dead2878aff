# named:
# loses: dtype, ruled out
import torch


def kd_loss(logits_t, logits_s, T):
    log_p_t = torch.log_softmax(logits_t.detach().double() / T, -1)
    log_p_s = torch.log_softmax(logits_s.double() / T, -1)
    return T**2 * (log_p_t.exp() * (log_p_t - log_p_s)).sum(-1).mean()
