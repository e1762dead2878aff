# named: kl-div-of-probabilities
# loses: value, any shape, shift, stable, gradient, ruled out, match
import torch
import torch.nn.functional as F


def kd_loss(logits_t, logits_s, T):
    p_t = torch.softmax(logits_t.detach() / T, -1)
    p_s = torch.softmax(logits_s / T, -1)
    return T**2 * F.kl_div(p_s, p_t, reduction="none").sum(-1).mean()
