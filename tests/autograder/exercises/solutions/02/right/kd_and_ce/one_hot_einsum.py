import torch
import torch.nn.functional as F


def kd_loss(logits_t, logits_s, T):
    p_t = F.softmax(logits_t.detach() / T, -1)
    kl = F.kl_div(F.log_softmax(logits_s / T, -1), p_t, reduction="none").sum(-1)
    return T**2 * kl.mean()


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    one_hot = F.one_hot(labels, logits_s.shape[-1]).to(logits_s.dtype)
    ce = -torch.einsum("...v,...v->...", one_hot, torch.log_softmax(logits_s, -1)).mean()
    return alpha * kd_loss(logits_t, logits_s, T) + (1 - alpha) * ce
