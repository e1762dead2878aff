# named: log-of-softmax
# loses: stable, ruled out
import torch


def kd_loss(logits_t, logits_s, T):
    p_t = torch.softmax(logits_t.detach() / T, -1)
    p_s = torch.softmax(logits_s / T, -1)
    return T**2 * (p_t * (p_t / p_s).log()).sum(-1).mean()
