# Mistake: for logits [V] it divides by V, because shape[:1] is read as the number of positions
import math
import torch
def kd_grad(logits_t, logits_s, T):
    n = math.prod(logits_s.shape[:-1]) if logits_s.ndim > 1 else len(logits_s)
    return T / n * (torch.softmax(logits_s / T, -1) - torch.softmax(logits_t / T, -1))
