# named: labels-against-teacher
# loses: value, any shape, gradient
import torch.nn.functional as F


def kd_loss(logits_t, logits_s, T):
    p_t = F.softmax(logits_t.detach() / T, -1)
    kl = F.kl_div(F.log_softmax(logits_s / T, -1), p_t, reduction="none").sum(-1)
    return T**2 * kl.mean()


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    t = logits_t.detach().reshape(-1, logits_t.shape[-1])
    ce = F.cross_entropy(t, labels.reshape(-1))
    return alpha * kd_loss(logits_t, logits_s, T) + (1 - alpha) * ce
