# mistake: two at once: no T^2 in the KD part, and the teacher is not detached
import torch
import torch.nn.functional as F


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    V = logits_s.shape[-1]
    lt = torch.log_softmax(logits_t / T, -1)
    ls = torch.log_softmax(logits_s / T, -1)
    kd = (lt.exp() * (lt - ls)).sum(-1).mean()
    ce = F.cross_entropy(logits_s.reshape(-1, V), labels.reshape(-1))
    return alpha * kd + (1 - alpha) * ce
