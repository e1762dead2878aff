# named: kd-loss-at-100
# loses: value, any shape, shift
import torch


def high_T_limit(logits_t, logits_s):
    T = 100
    log_t, log_s = (torch.log_softmax(z / T, -1) for z in (logits_t, logits_s))
    return T**2 * (log_t.exp() * (log_t - log_s)).sum(-1).mean()
