# named: sign, not-divided
# loses: value, any shape, stable
import torch


def kd_grad(logits_t, logits_s, T):
    p_t, p_s = torch.softmax(logits_t / T, -1), torch.softmax(logits_s / T, -1)
    return T * (p_t - p_s)
