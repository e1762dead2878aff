# named:
# loses: gradient, teacher, inputs
import numpy as np
import torch


def log_softmax(z):
    z = z - z.max(-1, keepdims=True)
    return z - np.log(np.exp(z).sum(-1, keepdims=True))


def kd_loss(logits_t, logits_s, T):
    t, s = log_softmax(logits_t.numpy() / T), log_softmax(logits_s.numpy() / T)
    kl = (np.exp(t) * np.where(np.isinf(t), 0, t - s)).sum(-1)
    return torch.tensor(T**2 * kl.mean(), dtype=logits_s.dtype)
