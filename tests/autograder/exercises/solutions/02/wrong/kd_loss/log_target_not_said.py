# named: kl-div-log-target-not-said
# loses: value, any shape, shift, stable, gradient, ruled out, match
import torch
import torch.nn.functional as F


def kd_loss(logits_t, logits_s, T):
    log_p_t = torch.log_softmax(logits_t.detach() / T, -1)
    log_p_s = torch.log_softmax(logits_s / T, -1)
    return T**2 * F.kl_div(log_p_s, log_p_t, reduction="none").sum(-1).mean()
