# mistake: two at once: 2 to the power of a loss in nats, and the mean of the rows' means
import torch
import torch.nn.functional as F


def perplexity(logits, labels, mask):
    rows = []
    for x, y, m in zip(logits, labels, mask):
        if m.any():
            rows.append(F.cross_entropy(x[m], y[m]))
    return 2 ** torch.stack(rows).mean()
