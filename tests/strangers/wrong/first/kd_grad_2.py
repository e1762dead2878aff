# mistake: the gradient before T^2: divides by T instead of multiplying
import torch


def kd_grad(logits_t, logits_s, T):
    N = logits_s[..., 0].numel()
    ps = torch.softmax(logits_s / T, dim=-1)
    pt = torch.softmax(logits_t / T, dim=-1)
    return (ps - pt) / (T * N)
