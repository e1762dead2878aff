# mistake: the distributions are taken at temperature 1, T only stands in front
import torch


def kd_grad(logits_t, logits_s, T):
    N = logits_s[..., 0].numel()
    return T * (logits_s.softmax(-1) - logits_t.softmax(-1)) / N
