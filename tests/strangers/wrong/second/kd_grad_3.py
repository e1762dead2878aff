# Mistake: T squared, forgot that dividing the logits takes one T away again
import torch
def kd_grad(logits_t, logits_s, T):
    n = logits_s.numel() // logits_s.shape[-1]
    gap = torch.softmax(logits_s / T, -1) - torch.softmax(logits_t / T, -1)
    return T**2 * gap / n
