# mistake: T // N is a floor division: 0 whenever T is smaller than N, and rounded down otherwise
import torch


def kd_grad(logits_t, logits_s, T):
    V = logits_s.shape[-1]
    N = logits_s.numel() // V
    diff = torch.softmax(logits_s / T, -1) - torch.softmax(logits_t / T, -1)
    return (T // N) * diff
