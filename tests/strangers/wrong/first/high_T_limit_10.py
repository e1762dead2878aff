# mistake: 'the limit' taken literally: kd_loss at T = 10000, which in float32 is rounding noise
import torch


def high_T_limit(logits_t, logits_s):
    T = 1e4
    lt = torch.log_softmax(logits_t / T, -1)
    ls = torch.log_softmax(logits_s / T, -1)
    return T**2 * (lt.exp() * (lt - ls)).sum(-1).mean()
