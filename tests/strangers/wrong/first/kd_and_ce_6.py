# mistake: T^2 multiplies the whole sum, so the labels' part is scaled too
import torch
import torch.nn.functional as F


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    V = logits_s.shape[-1]
    lt = F.log_softmax(logits_t.detach() / T, dim=-1)
    ls = F.log_softmax(logits_s / T, dim=-1)
    kl = (lt.exp() * (lt - ls)).sum(-1).mean()
    ce = F.cross_entropy(logits_s.reshape(-1, V), labels.reshape(-1))
    return T**2 * (alpha * kl + (1 - alpha) * ce)
