# mistake: alpha * KD + CE: the weight 1 - alpha of the labels is missing
import torch
import torch.nn.functional as F


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    lt = F.log_softmax(logits_t.detach() / T, -1)
    ls = F.log_softmax(logits_s / T, -1)
    kd = T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()
    ce = -F.log_softmax(logits_s, -1).gather(-1, labels[..., None]).mean()
    return alpha * kd + ce
