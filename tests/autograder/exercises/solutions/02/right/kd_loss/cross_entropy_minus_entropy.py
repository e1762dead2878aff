import torch


def kd_loss(logits_t, logits_s, T):
    log_p_t = torch.log_softmax(logits_t.detach() / T, -1)
    log_p_s = torch.log_softmax(logits_s / T, -1)
    p_t = log_p_t.exp()
    cross_entropy = -(p_t * log_p_s).sum(-1)
    entropy = -(p_t * log_p_t).sum(-1)
    return ((cross_entropy - entropy) * T**2).mean()
