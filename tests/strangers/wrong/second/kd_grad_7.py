# Mistake: gradient of the KL without T squared: (p_s - p_t) / T
import torch
def kd_grad(logits_t, logits_s, T):
    n = logits_s[..., 0].numel()
    return (torch.softmax(logits_s / T, -1) - torch.softmax(logits_t / T, -1)) / (T * n)
