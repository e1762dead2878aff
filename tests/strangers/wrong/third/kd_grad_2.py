# Mistake: multiplies with the derivative of the softmax once more, p_s (1 - p_s), which is contained already.
import torch

def kd_grad(logits_t, logits_s, T):
    p_s, p_t = (logits_s / T).softmax(-1), (logits_t / T).softmax(-1)
    N = logits_s.numel() // logits_s.shape[-1]
    return T * (p_s - p_t) * p_s * (1 - p_s) / N
