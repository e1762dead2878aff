# named: mean-over-outcomes
# loses: value, any shape, shift, stable, gradient, ruled out
import torch.nn.functional as F


def kd_loss(logits_t, logits_s, T):
    p_t = F.softmax(logits_t.detach() / T, -1)
    each = F.kl_div(F.log_softmax(logits_s / T, -1), p_t, reduction="none")
    return T**2 * each.mean()
