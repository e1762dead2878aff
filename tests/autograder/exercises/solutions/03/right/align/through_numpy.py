import numpy as np
import torch


def align(logits, mask):
    z, m = logits.numpy(), mask.numpy()
    n = m.sum(1)
    rows = np.zeros((len(z), n.max(), z.shape[-1]), dtype=z.dtype)
    for b, row in enumerate(z):
        rows[b, : n[b]] = row[np.flatnonzero(m[b]) - 1]
    return torch.from_numpy(rows), torch.from_numpy(np.arange(n.max()) < n[:, None])
