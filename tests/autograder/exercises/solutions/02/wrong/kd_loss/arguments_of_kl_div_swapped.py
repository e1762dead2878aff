# named: direction-swapped
# loses: value, any shape, shift, stable, gradient, ruled out
import torch
import torch.nn.functional as F


def kd_loss(logits_t, logits_s, T):
    positions = torch.tensor(logits_s.shape[:-1]).prod()
    log_p_t = F.log_softmax(logits_t.detach() / T, dim=-1)
    p_s = F.softmax(logits_s / T, dim=-1)
    return T**2 * F.kl_div(log_p_t, p_s, reduction="sum") / positions
