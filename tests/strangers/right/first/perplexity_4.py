import torch
import torch.nn.functional as F


def perplexity(logits, labels, mask):
    targets = labels.masked_fill(~mask, -100)
    return F.cross_entropy(logits.permute(0, 2, 1), targets, ignore_index=-100, reduction="mean").exp()
