# mistake: NumPy arithmetic in float64 comes back as a float64 tensor for float32 logits
import numpy as np
import torch


def high_T_limit(logits_t, logits_s):
    d = np.asarray(logits_s.detach(), dtype=np.float64) - np.asarray(logits_t.detach(), dtype=np.float64)
    return torch.tensor(0.5 * d.var(axis=-1).mean())
