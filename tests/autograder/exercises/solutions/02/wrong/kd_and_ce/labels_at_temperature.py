# named: labels-at-temperature
# loses: value, any shape, gradient
import torch.nn.functional as F


def kd_loss(logits_t, logits_s, T):
    p_t = F.softmax(logits_t.detach() / T, -1)
    kl = F.kl_div(F.log_softmax(logits_s / T, -1), p_t, reduction="none").sum(-1)
    return T**2 * kl.mean()


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    s = (logits_s / T).reshape(-1, logits_s.shape[-1])
    ce = F.cross_entropy(s, labels.reshape(-1))
    return alpha * kd_loss(logits_t, logits_s, T) + (1 - alpha) * ce
