# mistake: two at once: mean over all V outcomes too (divided by numel), and the softmax over the first dimension
import torch


def kd_grad(logits_t, logits_s, T):
    p_s = torch.softmax(logits_s / T, dim=0)
    p_t = torch.softmax(logits_t / T, dim=0)
    return T * (p_s - p_t) / logits_s.numel()
