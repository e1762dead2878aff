# Mistake: the factor T is there, but both softmaxes are taken at T = 1.
import torch
import torch.nn.functional as F

def kd_grad(logits_t, logits_s, T):
    count = logits_s.reshape(-1, logits_s.shape[-1]).shape[0]
    gap = F.softmax(logits_s, dim=-1) - F.softmax(logits_t, dim=-1)
    return gap * T / count
