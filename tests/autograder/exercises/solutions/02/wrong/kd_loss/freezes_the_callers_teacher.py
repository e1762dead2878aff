# named:
# loses: inputs, ruled out
import torch


def kd_loss(logits_t, logits_s, T):
    logits_t.requires_grad_(False)
    log_t, log_s = (torch.log_softmax(z / T, -1) for z in (logits_t, logits_s))
    return T**2 * (log_t.exp() * (log_t - log_s)).sum(-1).mean()
