# named: softmax-over-first-dimension, divided-by-outcomes-too
# loses: value, any shape, stable
import torch


def kd_grad(logits_t, logits_s, T):
    p_t, p_s = (torch.softmax(z / T, 0) for z in (logits_t, logits_s))
    return T * (p_s - p_t) / logits_s.numel()
