# Mistake: sets masked labels to 0 and ignores label 0, so real tokens with id 0 are ignored too
import torch
import torch.nn.functional as F
def perplexity(logits, labels, mask):
    y = labels * mask
    ce = F.cross_entropy(logits.reshape(-1, logits.shape[-1]), y.reshape(-1), ignore_index=0)
    return torch.exp(ce)
