# mistake: N = len(logits_s), the first dimension only: wrong for [B, L, V], and for [V] it is V instead of 1
import torch


def kd_grad(logits_t, logits_s, T):
    N = len(logits_s)
    p_s = (logits_s / T).softmax(-1)
    p_t = (logits_t / T).softmax(-1)
    return T / N * (p_s - p_t)
