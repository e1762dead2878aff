# Mistake: sign turned, teacher minus student
import torch
def kd_grad(logits_t, logits_s, T):
    n = logits_s[..., 0].numel()
    return T / n * (torch.softmax(logits_t / T, -1) - torch.softmax(logits_s / T, -1))
