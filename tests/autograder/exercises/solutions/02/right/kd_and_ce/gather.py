import torch.nn.functional as F


def kd_loss(logits_t, logits_s, T):
    p_t = F.softmax(logits_t.detach() / T, -1)
    kl = F.kl_div(F.log_softmax(logits_s / T, -1), p_t, reduction="none").sum(-1)
    return T**2 * kl.mean()


def kd_and_ce(logits_t, logits_s, labels, T, alpha):
    log_p = F.log_softmax(logits_s, dim=-1)
    chosen = log_p.gather(-1, labels.unsqueeze(-1)).squeeze(-1)
    return alpha * kd_loss(logits_t, logits_s, T) - (1 - alpha) * chosen.mean()
