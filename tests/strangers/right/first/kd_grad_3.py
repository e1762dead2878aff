import numpy as np
import torch


def soft(a):
    e = np.exp(a - a.max(-1, keepdims=True))
    return e / e.sum(-1, keepdims=True)


def kd_grad(logits_t, logits_s, T):
    a = logits_t.detach().numpy().astype(np.float64) / T
    b = logits_s.detach().numpy().astype(np.float64) / T
    n = int(np.prod(b.shape[:-1]))       # the empty product is 1
    return torch.from_numpy(T * (soft(b) - soft(a)) / n).to(logits_s.dtype)
