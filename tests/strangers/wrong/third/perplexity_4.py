# Mistake: writes 0 over masked labels and ignores index 0, so genuine answer tokens with id 0 are not counted.
import torch
import torch.nn.functional as F

def perplexity(logits, labels, mask):
    target = labels.masked_fill(~mask, 0)
    loss = F.cross_entropy(logits.flatten(0, 1), target.flatten(), ignore_index=0)
    return torch.exp(loss)
