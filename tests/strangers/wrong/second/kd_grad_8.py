# Mistake: divides by numel, so by the number of outcomes too
import torch
def kd_grad(logits_t, logits_s, T):
    gap = torch.softmax(logits_s / T, -1) - torch.softmax(logits_t / T, -1)
    return T * gap / gap.numel()
