# mistake: the student is detached in the labels' part, so the labels teach nothing (the value is right)
import torch
import torch.nn.functional as F


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    lt = torch.log_softmax(logits_t.detach() / T, -1)
    ls = torch.log_softmax(logits_s / T, -1)
    kd = T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()
    log_p = torch.log_softmax(logits_s.detach(), -1)
    ce = -log_p.gather(-1, labels.unsqueeze(-1)).mean()
    return alpha * kd + (1 - alpha) * ce
