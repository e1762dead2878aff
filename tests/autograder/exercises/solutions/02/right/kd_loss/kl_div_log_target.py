import torch
import torch.nn.functional as F


def kd_loss(logits_t, logits_s, T):
    with torch.no_grad():
        target = F.log_softmax(logits_t / T, dim=-1)
    each = F.kl_div(F.log_softmax(logits_s / T, dim=-1), target, reduction="none", log_target=True)
    return (T**2) * each.sum(-1).mean()
