# mistake: cross_entropy gets logits [B, L, V] with labels [B, L], where it takes L for the classes: it raises (or mixes the axes)
import torch
import torch.nn.functional as F


def perplexity(logits, labels, mask):
    nll = F.cross_entropy(logits, labels, reduction="none")
    return torch.exp((nll * mask).sum() / mask.sum())
