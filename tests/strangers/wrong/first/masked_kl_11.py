# mistake: computed in NumPy from detached logits: the value is right, but no gradient reaches logits_s
import numpy as np
import torch


def masked_kl(logits_t, logits_s, mask, T=1.0):
    m = mask.numpy()
    if not m.any():
        return logits_s.sum() * 0

    def log_p(logits):
        x = logits.detach().numpy()[m] / T
        x = x - x.max(-1, keepdims=True)
        return x - np.log(np.exp(x).sum(-1, keepdims=True))

    a, b = log_p(logits_t), log_p(logits_s)
    value = T**2 * (np.exp(a) * (a - b)).sum(-1).mean()
    return torch.tensor(value, dtype=logits_s.dtype, requires_grad=True)
