# named: labels-shifted
# loses: value, any shape, gradient
import torch
import torch.nn.functional as F


def kd_loss(logits_t, logits_s, T):
    log_t, log_s = (torch.log_softmax(z / T, -1) for z in (logits_t.detach(), logits_s))
    return T**2 * (log_t.exp() * (log_t - log_s)).sum(-1).mean()


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    V = logits_s.shape[-1]
    shifted = logits_s[..., :-1, :].reshape(-1, V)
    ce = F.cross_entropy(shifted, labels[..., 1:].reshape(-1))
    return alpha * kd_loss(logits_t, logits_s, T) + (1 - alpha) * ce
