import torch.nn.functional as F


def kd_loss(logits_t, logits_s, T):
    p_t = F.softmax(logits_t.detach() / T, -1)
    kl = F.kl_div(F.log_softmax(logits_s / T, -1), p_t, reduction="none").sum(-1)
    return T**2 * kl.mean()


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    V = logits_s.shape[-1]
    log_p = F.log_softmax(logits_s, -1).view(-1, V)
    ce = F.cross_entropy(log_p, labels.view(-1))  # log_softmax twice is log_softmax
    return ce + alpha * (kd_loss(logits_t, logits_s, T) - ce)
