# Mistake: writes -100 into the caller's labels
import torch
import torch.nn.functional as F
def perplexity(logits, labels, mask):
    labels[~mask] = -100
    return F.cross_entropy(logits.transpose(1, 2), labels, ignore_index=-100).exp()
