import numpy as np
import torch


def sequence_log_prob(logits, y, mask):
    z = logits.numpy().astype(np.float64)
    log_p = z - np.logaddexp.reduce(z, axis=-1, keepdims=True)
    picked = np.take_along_axis(log_p, y.numpy()[..., None], -1)[..., 0]
    return torch.tensor(np.where(mask.numpy(), picked, 0.0).sum(-1), dtype=logits.dtype)
