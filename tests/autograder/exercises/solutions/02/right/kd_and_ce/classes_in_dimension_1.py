import torch.nn.functional as F


def kd_loss(logits_t, logits_s, T):
    p_t = F.softmax(logits_t.detach() / T, -1)
    kl = F.kl_div(F.log_softmax(logits_s / T, -1), p_t, reduction="none").sum(-1)
    return T**2 * kl.mean()


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    moved = logits_s.movedim(-1, 1) if logits_s.dim() > 1 else logits_s
    kd = kd_loss(logits_t, logits_s, T)
    return alpha * kd + (1 - alpha) * F.cross_entropy(moved, labels)
