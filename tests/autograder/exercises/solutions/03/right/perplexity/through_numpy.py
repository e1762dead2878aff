import numpy as np


def perplexity(logits, labels, mask):
    z = logits.numpy()[mask.numpy()]
    y = labels.numpy()[mask.numpy()]
    z = z - z.max(-1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(-1, keepdims=True))
    return np.exp(-log_p[np.arange(len(y)), y].mean())
