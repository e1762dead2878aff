import numpy as np
import torch


def perplexity(logits, labels, mask):
    x = logits.detach().numpy().astype(np.float64)
    x = x - x.max(-1, keepdims=True)
    log_p = x - np.log(np.exp(x).sum(-1, keepdims=True))
    total, n = 0.0, 0
    for b, i in zip(*np.nonzero(mask.numpy())):
        total -= log_p[b, i, int(labels[b, i])]
        n += 1
    return torch.tensor(np.exp(total / n), dtype=logits.dtype)
