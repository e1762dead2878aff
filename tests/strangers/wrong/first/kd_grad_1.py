# mistake: sign: p_t - p_s, the direction of the step instead of the gradient
import torch


def kd_grad(logits_t, logits_s, T):
    N = logits_s.numel() / logits_s.shape[-1]
    return (torch.softmax(logits_t / T, -1) - torch.softmax(logits_s / T, -1)) * T / N
