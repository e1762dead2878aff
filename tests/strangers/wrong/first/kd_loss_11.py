# mistake: a sum over the positions instead of a mean
import torch
import torch.nn.functional as F


def kd_loss(logits_t, logits_s, T):
    with torch.no_grad():
        p = F.log_softmax(logits_t / T, dim=-1)
    q = F.log_softmax(logits_s / T, dim=-1)
    return T**2 * F.kl_div(q, p, reduction="sum", log_target=True)
