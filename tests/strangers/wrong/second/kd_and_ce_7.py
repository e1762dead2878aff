# Mistake: F.cross_entropy is given probabilities (a second softmax)
import torch
import torch.nn.functional as F
def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    lt, ls = F.log_softmax(logits_t.detach() / T, -1), F.log_softmax(logits_s / T, -1)
    kd = T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()
    V = logits_s.shape[-1]
    ce = F.cross_entropy(F.softmax(logits_s, -1).reshape(-1, V), labels.reshape(-1))
    return alpha * kd + (1 - alpha) * ce
