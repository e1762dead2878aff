# named:
# loses: inputs
import torch


def kd_grad(logits_t, logits_s, T):
    logits_s.requires_grad_()
    log_t, log_s = (torch.log_softmax(z / T, -1) for z in (logits_t, logits_s))
    (T**2 * (log_t.exp() * (log_t - log_s)).sum(-1).mean()).backward()
    return logits_s.grad
