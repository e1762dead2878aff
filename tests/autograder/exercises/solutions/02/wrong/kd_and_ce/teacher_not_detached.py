# named:
# loses: teacher
import torch.nn.functional as F


def kd_loss(logits_t, logits_s, T):
    p_t = F.softmax(logits_t / T, -1)
    kl = F.kl_div(F.log_softmax(logits_s / T, -1), p_t, reduction="none").sum(-1)
    return T**2 * kl.mean()


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    ce = F.cross_entropy(logits_s.reshape(-1, logits_s.shape[-1]), labels.reshape(-1))
    return alpha * kd_loss(logits_t, logits_s, T) + (1 - alpha) * ce
