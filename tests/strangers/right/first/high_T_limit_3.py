import numpy as np
import torch


def high_T_limit(logits_t, logits_s):
    d = logits_s.detach().numpy().astype(np.float64) - logits_t.detach().numpy().astype(np.float64)
    return torch.tensor(np.var(d, axis=-1).mean() / 2, dtype=logits_s.dtype)
