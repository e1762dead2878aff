import torch


def kd_loss(logits_t, logits_s, T):
    # KL = sum of p(q/p - 1 - log(q/p)): every term is positive, nothing cancels
    log_p = torch.log_softmax(logits_t.detach() / T, -1)
    x = torch.log_softmax(logits_s / T, -1) - log_p
    return T**2 * (log_p.exp() * (torch.expm1(x) - x)).sum(-1).mean()
