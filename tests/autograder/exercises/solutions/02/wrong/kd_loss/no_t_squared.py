# named: no-t-squared
# loses: value, any shape, shift, stable, gradient, ruled out
import torch
import torch.nn.functional as F


def kd_loss(logits_t, logits_s, T):
    log_p_s = F.log_softmax(logits_s / T, dim=-1)
    p_t = F.softmax(logits_t.detach() / T, dim=-1)
    return torch.sum(F.kl_div(log_p_s, p_t, reduction="none"), -1).mean()
