# named: log-of-softmax
# loses: stable, ruled out
import torch


def kd_loss(logits_t, logits_s, T):
    p_t = torch.exp(logits_t.detach() / T)
    p_t = p_t / p_t.sum(-1, keepdim=True)
    p_s = torch.exp(logits_s / T)
    p_s = p_s / p_s.sum(-1, keepdim=True)
    return T**2 * (p_t * (p_t / p_s).log()).sum(-1).mean()
