# named: floor-division
# loses: value, any shape, stable
import torch


def kd_grad(logits_t, logits_s, T):
    N = logits_s.numel() // logits_s.shape[-1]
    return T // N * (torch.softmax(logits_s / T, -1) - torch.softmax(logits_t / T, -1))
