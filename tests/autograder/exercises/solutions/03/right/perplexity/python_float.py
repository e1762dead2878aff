import math

import torch


def perplexity(logits, labels, mask):
    total, count = 0.0, 0
    for b in range(logits.shape[0]):
        for i in range(logits.shape[1]):
            if mask[b, i]:
                total -= torch.log_softmax(logits[b, i], -1)[labels[b, i]].item()
                count += 1
    return math.exp(total / count)
