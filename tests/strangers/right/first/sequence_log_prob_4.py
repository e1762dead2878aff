import numpy as np
import torch


def sequence_log_prob(logits, y, mask):
    x = logits.detach().numpy().astype(np.float64)
    x = x - x.max(axis=2, keepdims=True)
    lp = x - np.log(np.exp(x).sum(axis=2, keepdims=True))
    chosen = np.take_along_axis(lp, y.numpy()[:, :, None], axis=2)[:, :, 0]
    total = np.where(mask.numpy(), chosen, 0.0).sum(axis=1)
    return torch.from_numpy(total).to(logits.dtype)
