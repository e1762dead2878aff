# named:
# loses: dtype
import torch


def kd_grad(logits_t, logits_s, T):
    positions = logits_s[..., 0].numel()
    gradient = T * (torch.softmax(logits_s / T, -1) - torch.softmax(logits_t / T, -1)) / positions
    return torch.tensor(gradient.tolist())
